"""What is not published is not there to be asked for; what was already open goes on (MO16, OR12)."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import arbol, menu, palabras, titulos, visible
from tramites.acciones.crear import crear
from tramites.models import Gestion
from tramites.reglas.rechazos import AccionRechazada

PUBLICAS = ("portada", "ayuda", "tramites", "tablero")


@pytest.fixture
def oculto(permiso, settings):
    """Registered, and not published."""
    settings.TRAMITES_PUBLICADOS = ["invalidez"]
    return permiso


def direcciones(tramite):
    return [reverse(n, args=[tramite.clave]) for n in ("derecho", "inicio_tramite", "requisitos")]


def abrir(titular, tramite) -> Gestion:
    return crear(actor=titular, tramite=tramite, ficha=uuid.uuid4(), ahora=timezone.now())


def test_lo_que_no_se_publica_no_existe_ni_se_ofrece(cliente, client, oculto):
    """OR12: 404 by GET and by POST, and in no menu, card nor public page."""
    for direccion in direcciones(oculto):
        assert cliente.get(direccion).status_code == 404
    for direccion in direcciones(oculto)[:2]:
        assert cliente.post(direccion, {"ficha": uuid.uuid4()}).status_code == 404
    for pagina in PUBLICAS:
        assert oculto.rotulo not in palabras(cliente.get(reverse(pagina)))
        assert oculto.clave not in cliente.get(reverse(pagina)).text
    client.logout()
    assert client.get(direcciones(oculto)[2]).status_code == 404
    assert oculto.clave not in client.get(reverse("portada")).text


def test_ni_por_la_accion_se_abre(titular, oculto):
    """Rules live once: the page is not the guard."""
    with pytest.raises(AccionRechazada, match="todavía no se pide"):
        abrir(titular, oculto)
    assert not Gestion.objects.exists()


def test_lo_ya_abierto_sigue(cliente, titular, permiso, settings):
    """OR12: its steps, its page and its place in «Mis Solicitudes»; nothing in them leads to a 404."""
    gestion = abrir(titular, permiso)
    settings.TRAMITES_PUBLICADOS = ["invalidez"]
    paso = reverse("paso", args=[gestion.numero, permiso.pasos[0].clave])
    respuesta = cliente.post(paso, escenas.RESPUESTAS[permiso.pasos[0].clave], follow=True)
    assert respuesta.redirect_chain[-1][0] == reverse("paso", args=[gestion.numero, permiso.pasos[1].clave])
    for nombre, args in (("gestion", [gestion.numero]), ("solicitudes", []), ("tablero", [])):
        pagina = cliente.get(reverse(nombre, args=args))
        assert str(gestion.numero) in palabras(pagina)
        propios = {e.get("href", "") for e in arbol(pagina).iter("a")}
        rotos = [d for d in propios if d.startswith("/") and cliente.get(d).status_code == 404]
        assert rotos == []


def test_despues_de_enviar_se_vuelve_a_donde_hay_pagina(cliente, titular, permiso, settings):
    """B7.7: «Aceptar» of window 2, of a procedure that is not published any more."""
    gestion = escenas.enviada_sin_papeles(titular)
    Gestion.objects.filter(pk=gestion.pk).update(tramite=permiso.clave)
    settings.TRAMITES_PUBLICADOS = ["invalidez"]
    (forma,) = arbol(cliente.get(reverse("enviada", args=[gestion.numero]))).findall(".//main//form")
    assert cliente.get(forma.get("action"), follow=True).status_code == 200


def test_lo_publicado_se_ofrece_en_su_tarjeta_con_para_quien_es(cliente, permiso):
    """A4: from the registry, each with its sentence."""
    pagina = cliente.get(reverse("tramites"))
    assert titulos(pagina)[0] == "Trámites de Previsión Civil"
    assert permiso.para_quien in palabras(pagina)
    assert "Juguete" in [visible(e) for e in menu(pagina)]
    assert cliente.get(reverse("derecho", args=[permiso.clave])).status_code == 200
