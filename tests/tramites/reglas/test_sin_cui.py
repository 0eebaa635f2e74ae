"""Who has not said their CUI decides nothing: it could be their own Gestión (matriz.md §2)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.acciones.declarar_cui import declarar_cui
from cuentas.models import Usuario
from notificaciones.models import Notificacion
from tests.fabricas import cui
from tests.tramites import escenas
from tramites.acciones.tomar_siguiente import tomar_siguiente
from tramites.models import Gestion
from tramites.reglas.permisos import CON_CUI, SinCui, exigir, exigir_papel, puede

Papel = Usuario.Papel
SUYO = cui(900_000)


@pytest.fixture
def ana(db) -> Usuario:
    return escenas.analista()


@pytest.fixture
def tomada(titular, ana) -> Gestion:
    """Held since before the rule by who has no CUI."""
    gestion = escenas.tomada(titular, ana)
    Usuario.objects.filter(pk=ana.pk).update(cui=None)
    ana.refresh_from_db()
    return Gestion.objects.get(pk=gestion.pk)


@pytest.fixture
def navegador(ana) -> Client:
    navegador = Client()
    navegador.force_login(ana)
    return navegador


# matriz.md §2: what decides, sends or takes in hand. Apart from the code, so that neither loses one alone.
DECISIONES = {
    *("tomar", "liberar", "reasignar", "juzgar", "observar", "admitir", "desarchivar"),
    *("registrar_notificacion", "datos_internos"),
}


def test_ninguna_decision_se_toma_sin_cui(tomada, ana):
    assert CON_CUI == DECISIONES
    jefa = escenas.analista(papel=Papel.JEFATURA, cui=None)
    for accion in CON_CUI:
        for quien in (ana, jefa):
            if puede(tomada, quien, accion):
                with pytest.raises(SinCui):
                    exigir(tomada, quien, accion)
    with pytest.raises(SinCui):
        tomar_siguiente(actor=ana, ahora=timezone.now())
    exigir_papel(ana, "leer")


def test_se_pide_antes_de_decidir_y_se_vuelve_a_donde_estaba(tomada, ana, navegador):
    oficina = escenas.analista(papel=Papel.ADMINISTRACION)
    direccion = reverse("juzgar_renglon", args=[tomada.numero, 1])
    datos = {"d-1-version": tomada.version, "d-1-resultado": "VERIFICADO", "accion": "guardar"}
    respuesta = navegador.post(direccion, datos)
    vuelta = reverse("revision", args=[tomada.numero])
    assert respuesta["Location"].startswith(reverse("declarar_cui"))
    assert not tomada.veredictos.exists()
    respuesta = navegador.post(
        respuesta["Location"], {"cui": f"{SUYO[:4]} {SUYO[4:9]} {SUYO[9:]}", "next": vuelta}
    )
    assert respuesta["Location"] == vuelta
    ana.refresh_from_db()
    assert ana.cui == SUYO
    assert Evento.objects.get(tipo="cui_declarado").datos == {"cuenta": ana.pk}
    assert Notificacion.objects.get(plantilla="cui_declarado").destinatario == oficina
    navegador.post(direccion, datos)
    assert tomada.veredictos.exists()


def test_no_se_vuelve_a_otro_sitio(ana, navegador):
    Usuario.objects.filter(pk=ana.pk).update(cui=None)
    respuesta = navegador.post(reverse("declarar_cui"), {"cui": SUYO, "next": "https://otro.example/"})
    assert respuesta["Location"] == reverse("mesa")


def test_el_propio_se_dice_una_vez_y_no_es_de_otra_cuenta_del_personal(ana, titular):
    otra = escenas.analista(cui=None)
    with pytest.raises(ValidationError):
        declarar_cui(otra, cui=ana.cui, ahora=timezone.now())
    declarar_cui(otra, cui=titular.cui, ahora=timezone.now())  # citizen and staff, the same person
    with pytest.raises(PermissionDenied):
        declarar_cui(otra, cui=SUYO, ahora=timezone.now())


def test_si_la_que_tiene_es_suya_vuelve_a_la_cola(tomada, ana):
    declarar_cui(ana, cui=tomada.titular_cui, ahora=timezone.now())
    assert Gestion.objects.get(pk=tomada.pk).asignada_a is None


def test_la_orden_de_invitar_toma_el_cui(db):
    datos = {"nombre": "MARTA", "apellido": "SIC"}
    call_command("invitar_personal", "marta@onsec.example", cui=SUYO, **datos)
    assert Usuario.objects.get(email="marta@onsec.example").cui == SUYO
