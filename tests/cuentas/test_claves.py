"""Passwords: the rules, recovery and change."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bitacora.models import Evento
from cuentas.acciones import recuperar
from cuentas.models import Recuperacion, Usuario
from cuentas.tareas import atender_recuperaciones
from notificaciones.models import Correo

from .conftest import CLAVE, CUI, dentro, ingresar

pytestmark = pytest.mark.django_db

SIEMPRE = "Si hay una cuenta con esos datos, enviamos un correo con los pasos."
NUEVA = "otra frase con guayabas"
CORTA, FACIL = (
    "Escriba una contraseña de {} caracteres o más.",
    "Esa contraseña es fácil de adivinar. Escriba otra.",
)


def persona(tipo="ciudadano"):
    return Usuario(
        tipo=tipo, cui=CUI, email="rosalinda@demo.gt", primer_nombre="ROSALINDA", primer_apellido="TZOC"
    )


@pytest.mark.parametrize(
    ("tipo", "clave", "mensaje"),
    [
        ("ciudadano", "quince#49", CORTA.format(10)),
        ("ciudadano", "quince#492", None),
        ("personal", "catorce letras", CORTA.format(15)),
        ("personal", "quince letras12", None),
        ("ciudadano", "solo letras minusculas", None),
        ("ciudadano", "8361940275", None),
        ("ciudadano", "ñandú y güisquil 🌽", None),
        ("ciudadano", " espacios en los lados ", None),
        ("ciudadano", "z9" * 64, None),
        ("ciudadano", "z9" * 64 + "z", "Escriba 128 letras o menos. Ahora tiene 129."),
        ("ciudadano", "1234567890", FACIL),
        ("ciudadano", "Guatemala2026", FACIL),
        ("ciudadano", "ONSEC-CEO-2026", FACIL),
        ("ciudadano", "Contraseña1234", FACIL),
        ("ciudadano", "rosalinda1", FACIL),
        ("ciudadano", CUI, FACIL),
        ("ciudadano", "rosalinda@demo.gt", FACIL),
    ],
)
def test_las_reglas_de_la_contrasena(tipo, clave, mensaje):
    """S39: length by kind of account, up to 128, nothing common nor one's own, no composition rules."""
    if mensaje is None:
        validate_password(clave, persona(tipo))
        return
    with pytest.raises(ValidationError) as rechazo:
        validate_password(clave, persona(tipo))
    assert rechazo.value.messages == [mensaje]


def pedir(client, dato):
    """The answer of the page; and what it asked for, attended as the beat schedule does every minute."""
    respuesta = client.post("/cuenta/recuperar/", {"email": dato}, follow=True)
    atender_recuperaciones()
    return respuesta


@pytest.fixture
def enlace(ciudadana):
    """The link that the recovery mail carries."""
    pedir(Client(), CUI)
    return Correo.objects.get().contexto["enlace"]


def abrir(client, enlace):
    """Follow the link to the page with the form; its address no longer holds the token."""
    respuesta = client.get(enlace, follow=True)
    return respuesta, respuesta.request["PATH_INFO"]


def poner(client, enlace, clave=NUEVA, repetida=None):
    _, pagina = abrir(client, enlace)
    return client.post(pagina, {"password1": clave, "password2": repetida or clave}, follow=True)


@pytest.mark.parametrize(
    "dato", ["1600 32547 0202", "Rosalinda@demo.gt", "1002003030101", "nadie@demo.gt", "cualquier cosa"]
)
def test_recuperar_contesta_siempre_igual(client, ciudadana, dato):
    """S37: known or not, by CUI or e-mail; the mail goes only to the account's own address."""
    respuesta, base = pedir(client, dato), pedir(Client(), "sin-cuenta@demo.gt")
    assert SIEMPRE in respuesta.content.decode()
    assert (respuesta.redirect_chain, respuesta.content) == (base.redirect_chain, base.content)
    conocida = dato in ("1600 32547 0202", "Rosalinda@demo.gt")
    esperado = [("rosalinda@demo.gt", "Recupere su contraseña")] if conocida else []
    assert [*Correo.objects.values_list("para", "asunto")] == esperado


@pytest.mark.parametrize("dato", [CUI, "rosalinda@demo.gt", "1002003030101", "nadie@demo.gt"])
def test_recuperar_hace_el_mismo_trabajo_exista_o_no_la_cuenta(
    ciudadana, dato, django_capture_on_commit_callbacks
):
    """S37: the same queries, of which none looks at the accounts, and the same one job."""

    def trabajo(dato):
        cache.clear()
        with CaptureQueriesContext(connection) as consultas, django_capture_on_commit_callbacks() as tareas:
            Client().post("/cuenta/recuperar/", {"email": dato}, follow=True)
        return [re.sub(r"'[^']*'|[0-9]+", "?", c["sql"]) for c in consultas], len(tareas)

    consultas, tareas = trabajo(dato)
    assert (consultas, tareas) == trabajo("sin-cuenta@demo.gt")
    assert tareas == 1
    assert not any("cuentas_usuario" in c or "emailaddress" in c for c in consultas)


def test_una_peticion_se_atiende_una_vez_y_no_queda_escrita(client, ciudadana):
    """S37, S40: what was asked is not kept; one that waited more than an hour sends nothing."""
    pedir(client, CUI)
    atender_recuperaciones()
    assert Correo.objects.count() == 1
    recuperar.pedir(CUI, ahora=timezone.now() - timedelta(hours=2))
    atender_recuperaciones()
    assert Correo.objects.count() == 1
    assert not Recuperacion.objects.exists()


def test_recuperar_vacio_dice_que_escribir(client):
    """mensajes.md §3, obligatorio."""
    assert "Escriba su CUI o su correo electrónico." in pedir(client, "").content.decode()


def test_pedir_recuperar_tiene_limite(client, ciudadana):
    """S49: three in five minutes for one account, and then the page to wait."""
    for _ in range(3):
        pedir(client, CUI)
    respuesta = pedir(client, CUI)
    assert respuesta.status_code == 429
    assert "Espere 5 minutos y vuelva a intentar." in respuesta.content.decode()
    assert respuesta.headers["Retry-After"] == "300"
    assert Correo.objects.count() == 3


def test_recuperar_cambia_la_contrasena_y_cierra_las_sesiones(client, ciudadana):
    """S40: kills sessions, does not sign in, leaves its event and a notice by mail."""
    abierta = Client()
    ingresar(abierta, CUI)
    pedir(client, CUI)
    enlace = Correo.objects.get().contexto["enlace"]
    assert "Ya puede ingresar con la contraseña nueva." in poner(client, enlace).content.decode()
    assert not dentro(client)
    assert not dentro(abierta)
    ingresar(client, CUI, NUEVA)
    assert dentro(client)
    assert Evento.objects.get(tipo="clave_cambiada").actor == ciudadana
    assert Correo.objects.filter(asunto="Cambió la contraseña de su cuenta", para=ciudadana.email).exists()


def test_el_enlace_de_recuperar_sirve_una_vez(client, enlace):
    """S40: a replay, also from the page left open, changes nothing."""
    otra = Client()
    _, pagina = abrir(otra, enlace)
    poner(client, enlace)
    for respuesta in (
        client.get(enlace),
        otra.post(pagina, {"password1": "una tercera frase", "password2": "una tercera frase"}),
    ):
        assert "Este enlace ya no sirve. Pida uno nuevo." in respuesta.content.decode()
    assert Usuario.objects.get().check_password(NUEVA)


@pytest.mark.parametrize(("minutos", "sirve"), [(59, True), (61, False)])
def test_el_enlace_de_recuperar_dura_una_hora(client, enlace, minutos, sirve):
    """S40: at most one hour."""
    with time_machine.travel((timezone.now() + timedelta(minutes=minutos)).timestamp()):
        respuesta, _ = abrir(client, enlace)
    assert ("Este enlace ya no sirve. Pida uno nuevo." not in respuesta.content.decode()) is sirve


def test_un_enlace_inventado_no_sirve(client, enlace):
    """S40: neither another's account nor a forged token, and never a 500."""
    uid, ficha = urlsplit(enlace).path.rstrip("/").rsplit("/", 1)[1].split("-", 1)
    for falso in (f"zzzz-{ficha}", f"{uid}-abc-def", f"{uid}-set-password"):
        assert (
            "Este enlace ya no sirve. Pida uno nuevo."
            in client.get(f"/cuenta/recuperar/{falso}/").content.decode()
        )


@pytest.mark.parametrize(
    ("clave", "repetida", "mensaje"),
    [
        ("", "", "Escriba su contraseña nueva."),
        ("corta", "corta", CORTA.format(10)),
        ("Guatemala2026", "Guatemala2026", FACIL),
        (NUEVA, "otra", "Las dos contraseñas no son iguales. Escríbalas otra vez."),
    ],
)
def test_la_contrasena_nueva_tambien_cumple_las_reglas(client, enlace, clave, repetida, mensaje):
    """S39: at recovery as at registration."""
    _, pagina = abrir(client, enlace)
    respuesta = client.post(pagina, {"password1": clave, "password2": repetida})
    assert mensaje in respuesta.content.decode()
    assert Usuario.objects.get().check_password(CLAVE)


def test_el_enlace_no_sale_del_host_que_pidio(ciudadana, settings):
    """S32: a forged Host is refused, and an allowed one does not get into the mail."""
    settings.ALLOWED_HOSTS = ["testserver", "otro.example"]
    assert (
        Client(headers={"host": "malo.example"}).post("/cuenta/recuperar/", {"email": CUI}).status_code == 400
    )
    pedir(Client(headers={"host": "otro.example"}), CUI)
    assert Correo.objects.get().contexto["enlace"].startswith("/cuenta/recuperar/")


def test_cambiar_la_contrasena_pide_la_actual_y_cierra_las_otras_sesiones(client, ciudadana):
    """S35, S40: this session stays, the others end; event and notice."""
    otra = Client()
    ingresar(otra, CUI)
    ingresar(client, CUI)
    mala = client.post("/cuenta/clave/", {"oldpassword": "no es", "password1": NUEVA, "password2": NUEVA})
    assert "La contraseña actual no es correcta. Escríbala otra vez." in mala.content.decode()
    buena = client.post(
        "/cuenta/clave/", {"oldpassword": CLAVE, "password1": NUEVA, "password2": NUEVA}, follow=True
    )
    assert "Su contraseña cambió." in buena.content.decode()
    assert dentro(client)
    assert not dentro(otra)
    assert Evento.objects.filter(tipo="clave_cambiada", actor=ciudadana).count() == 1
