"""What is of one account alone stays so however many ask at once: the table says it, the page in words."""

import importlib
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.acciones import declarar_cui as modulo
from cuentas.acciones.declarar_cui import REPETIDO, declarar_cui
from cuentas.acciones.registrar import llave, registrar
from cuentas.models import DocumentoLegal, Usuario
from previsión.models import Opcion
from tests.cuentas.test_registro import datos_de_registro
from tests.fabricas import CiudadanoFactory, PersonalFactory, cui
from tests.tramites.carreras import correr

CUI = cui(600_001)
INDICE = "cuentas_usuario_cui_unico_del_personal"
a_la_vez = pytest.mark.django_db(transaction=True)


@pytest.mark.django_db
def test_la_tabla_no_toma_dos_veces_el_cui_del_personal():
    """Decision 26; a citizen may be staff as well, and who has none is not another of those who have none."""
    PersonalFactory(cui=CUI)
    CiudadanoFactory(cui=CUI)
    PersonalFactory(cui=None)
    PersonalFactory(cui=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonalFactory(cui=CUI)


@pytest.mark.django_db
def test_lo_que_se_declaro_entre_la_pregunta_y_la_escritura_se_dice(monkeypatch, client):
    """The sentence, and what was typed stays on the page."""
    PersonalFactory(cui=CUI)
    una = PersonalFactory(cui=None)
    monkeypatch.setattr(modulo, "exigir_propio", lambda _: None)
    with pytest.raises(ValidationError, match=REPETIDO):
        declarar_cui(una, cui=CUI, ahora=timezone.now())
    client.force_login(una)
    pagina = client.post(reverse("declarar_cui"), {"cui": CUI})
    assert pagina.status_code == 200
    assert REPETIDO in pagina.content.decode()
    assert f'value="{CUI}"' in pagina.content.decode()
    una.refresh_from_db()
    assert una.cui is None


@pytest.mark.postgresql
@a_la_vez
def test_veinte_declaraciones_del_mismo_cui_son_de_una_cuenta():
    cuentas = PersonalFactory.create_batch(20, cui=None)
    dichos = correr(lambda n: declarar_cui(cuentas[n], cui=CUI, ahora=timezone.now()), ValidationError)
    assert Usuario.objects.filter(cui=CUI).count() == 1
    assert sum(d is None for d in dichos) == 1
    assert Evento.objects.filter(tipo="cui_declarado").count() == 1


def _administrando() -> Any:
    """A way to post to the admin from any thread, each with a browser of its own."""
    quien = PersonalFactory(papel=Usuario.Papel.ADMINISTRACION)

    def enviar(ruta: str, args: Any = None, **datos: Any) -> int:
        navegador = Client()
        navegador.force_login(quien)
        return navegador.post(reverse(f"admin:{ruta}", args=args), datos).status_code

    return enviar


def _persona(n: int, **datos: Any) -> dict[str, Any]:
    base = {"email": f"nueva{n}@onsec.example", "papel": "analista", "primer_nombre": "Marta"}
    return base | {"primer_apellido": "Sic", "cui": cui(600_100 + n)} | datos


CODIGO = {"catalogo": "genero", "codigo": "X", "orden": 9}
TEXTO = {"tipo": "terminos", "titulo": "Términos", "texto": "Uno."}
CHOQUES = {
    "cui": ("cuentas_usuario_add", lambda n: _persona(n, cui=CUI), lambda: Usuario.objects.filter(cui=CUI)),
    "correo": (
        "cuentas_usuario_add",
        lambda n: _persona(n, email="marta@onsec.example"),
        lambda: Usuario.objects.filter(email="marta@onsec.example"),
    ),
    # Each from a day of its own: no index says that a code is added once.
    "codigo": (
        "prevision_opcion_add",
        lambda n: (
            CODIGO
            | {
                "nombre": f"OTRO {n}",
                "vigente_desde": (timezone.localdate() + timedelta(days=n + 1)).isoformat(),
            }
        ),
        lambda: Opcion.objects.filter(catalogo="genero", codigo="X"),
    ),
}


@pytest.mark.postgresql
@a_la_vez
@pytest.mark.parametrize("choque", CHOQUES)
def test_veinte_altas_iguales_en_administracion_son_una(choque):
    """Those refused see their form again, never a 500."""
    ruta, datos, halladas = CHOQUES[choque]
    enviar = _administrando()
    assert sorted(correr(lambda n: enviar(ruta, **datos(n)))) == [200] * 19 + [302]
    assert halladas().count() == 1


@pytest.mark.postgresql
@a_la_vez
def test_veinte_versiones_a_la_vez_se_publican_una_tras_otra():
    antes = DocumentoLegal.objects.filter(tipo="terminos").count()
    enviar = _administrando()
    assert correr(lambda n: enviar("cuentas_documentolegal_add", **TEXTO)) == [302] * 20
    versiones = DocumentoLegal.objects.filter(tipo="terminos").values_list("version", flat=True)
    assert sorted(versiones) == list(range(1, antes + 21))


@pytest.mark.postgresql
@a_la_vez
def test_administracion_y_la_propia_persona_no_ponen_el_mismo_cui():
    """Her page does not wait for the admin's turn: the table decides."""
    cuentas = PersonalFactory.create_batch(20, cui=None)
    enviar = _administrando()

    def uno(n: int) -> Any:
        if n % 2:
            return declarar_cui(cuentas[n], cui=CUI, ahora=timezone.now())
        return enviar("cuentas_usuario_change", [cuentas[n].pk], **_persona(n, cui=CUI, is_active="on"))

    codigos = correr(uno, ValidationError)
    assert Usuario.objects.filter(cui=CUI).count() == 1
    assert sum(c in (None, 302) for c in codigos) == 1


@pytest.mark.postgresql
@a_la_vez
def test_un_correo_que_confirman_veinte_cuentas_es_de_una():
    """A change of address and a registration, at once: one has it, the others read that it cannot be."""
    correo, pasos = "nueva@demo.gt", []
    for n in range(20):
        if n % 2:
            pasos.append(llave(registrar(**datos_de_registro(correo=correo, cui=cui(7000 + n)))))
            continue
        persona = CiudadanoFactory()
        EmailAddress.objects.create(user=persona, email=persona.email, primary=True, verified=True)
        pasos.append(EmailAddress.objects.create(user=persona, email=correo))

    def uno(n: int) -> int:
        paso = pasos[n]
        ficha = paso if isinstance(paso, str) else EmailConfirmationHMAC.create(paso).key
        return Client().post(reverse("account_confirm_email", args=[ficha])).status_code

    assert max(correr(uno)) < 500
    assert Usuario.objects.filter(email=correo).count() == 1
    assert EmailAddress.objects.filter(email=correo, verified=True).count() == 1


@pytest.mark.django_db
def test_la_orden_de_invitar_dice_el_choque(monkeypatch):
    PersonalFactory(cui=CUI)
    orden = "cuentas.management.commands.invitar_personal"
    monkeypatch.setattr(f"{orden}.exigir_propio", lambda _: None)
    monkeypatch.setattr(Usuario, "full_clean", lambda *_, **__: None)
    with pytest.raises(CommandError, match="a la vez"):
        call_command("invitar_personal", "marta@onsec.example", nombre="M", apellido="S", cui=CUI)


@pytest.mark.django_db
def test_de_las_cuentas_de_antes_lo_conserva_la_que_lo_escribio_primero():
    """The migration: the later one is emptied, the log says which keeps it, administración reads so."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {INDICE}")
    oficina = PersonalFactory(papel=Usuario.Papel.ADMINISTRACION)
    tarde, primera, sola, vacia = (PersonalFactory(cui=c) for c in (CUI, CUI, cui(600_002), ""))
    ciudadana = CiudadanoFactory(cui=CUI)
    for cuenta, dias in ((tarde, 1), (primera, 2)):
        Evento.objects.registrar(
            "cui_declarado",
            actor=cuenta,
            ahora=timezone.now() - timedelta(days=dias),
            datos={"cuenta": cuenta.pk},
        )
    importlib.import_module("cuentas.migrations.0008_cui_unico_del_personal").vaciar_repetidos(apps, None)
    quedan = {u.pk: u.cui for u in Usuario.objects.all()}
    assert (quedan[tarde.pk], quedan[primera.pk]) == (None, CUI)
    assert (quedan[sola.pk], quedan[vacia.pk], quedan[ciudadana.pk]) == (cui(600_002), None, CUI)
    evento = Evento.objects.get(tipo="cui_vaciado")
    assert evento.datos == {"cuenta": tarde.pk, "la_tiene": primera.pk}
    assert evento.resumen == evento.calcular_resumen()
    importlib.import_module("notificaciones.migrations.0003_cui_vaciado").avisar(apps, None)
    aviso = oficina.notificaciones.get(evento=evento)
    otro = Evento.objects.registrar("cui_vaciado", ahora=evento.ocurrido_en, datos=evento.datos)
    como_siempre = oficina.notificaciones.get(evento=otro)
    for campo in ("plantilla", "asunto", "contexto", "creada_en"):
        assert getattr(aviso, campo) == getattr(como_siempre, campo)
    assert como_siempre.contexto["quien"] == str(tarde)
