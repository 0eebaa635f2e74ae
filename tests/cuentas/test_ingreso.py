"""Sign-in, sign-out, sessions and their limits."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from notificaciones.models import Correo

from .conftest import CLAVE, CUI, NO_COINCIDE, dentro, ingresar

pytestmark = pytest.mark.django_db

MUCHOS = "Hubo muchos intentos. Espere 5 minutos y vuelva a intentar."
CADUCADA = "Su sesión se cerró por seguridad. Ingrese otra vez; lo que escribió está guardado."


def test_la_pagina_de_ingreso_tiene_los_rotulos_del_contrato(client):
    """A1: one field for both names; password managers are served."""
    pagina = client.get("/cuenta/ingresar/").content.decode()
    for texto in ("CUI o correo electrónico", "Contraseña", '<button class="boton">Ingresar</button>'):
        assert texto in pagina
    assert 'autocomplete="username"' in pagina
    assert 'autocomplete="current-password"' in pagina


@pytest.mark.parametrize(
    "nombre",
    [
        "1600325470202",
        "1600 32547 0202",
        "1600-32547-0202",
        "  1600 325470202 ",
        "rosalinda@demo.gt",
        " Rosalinda@DEMO.gt",
    ],
)
def test_se_ingresa_con_el_cui_o_el_correo(client, ciudadana, nombre):
    """A1, A2: contrato.md, "Sign-in accepts CUI (with or without spaces) or e-mail"."""
    assert ingresar(client, nombre).headers["Location"] == "/tablero/"
    assert dentro(client)


@pytest.mark.parametrize(
    ("login", "clave", "mensaje"),
    [
        ("1600325470202", "otra", NO_COINCIDE),
        ("1002003030101", CLAVE, NO_COINCIDE),
        ("nadie@demo.gt", CLAVE, NO_COINCIDE),
        ("", CLAVE, "Escriba su CUI o su correo electrónico."),
        ("1600325470202", "", "Escriba su contraseña."),
    ],
)
def test_un_ingreso_fallido_dice_lo_mismo_exista_o_no_la_cuenta(client, ciudadana, login, clave, mensaje):
    """S37: mensajes.md §3, ingreso fallido."""
    respuesta = ingresar(client, login, clave)
    assert mensaje in respuesta.content.decode()
    assert "<title>Error: Ingresar" in respuesta.content.decode()
    assert not dentro(client)


@pytest.mark.parametrize("clave", [CLAVE, "mala"])
def test_sin_confirmar_el_correo_contesta_como_una_contrasena_mala(client, con_cuenta, clave):
    """A1, S37: the right password of an account that nobody confirmed tells nothing, by CUI nor by e-mail."""
    persona = con_cuenta(verificado=False)
    for nombre in (persona.cui, persona.email):
        assert NO_COINCIDE in ingresar(client, nombre, clave).content.decode()
    assert not dentro(client)
    assert not Correo.objects.exists()


def test_la_direccion_de_antes_para_pedir_otro_mensaje_lleva_a_ingresar(client):
    assert client.get("/cuenta/confirmar/").headers["Location"] == "/cuenta/ingresar/"


def test_el_personal_ingresa_con_su_correo(client, personal):
    """A1: staff have no Tablero; their accounts open on the desk, and administración's on what it edits."""
    assert ingresar(client, personal("analista").email).headers["Location"] == "/revision/"
    assert ingresar(Client(), personal("administracion").email).headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("destino", "va"),
    [
        ("/mis-datos/", "/mis-datos/"),
        ("https://malo.example/", "/tablero/"),
        ("//malo.example/", "/tablero/"),
        ("/\\malo.example", "/tablero/"),
        ("javascript:alert(1)", "/tablero/"),
        ("http:malo.example", "/tablero/"),
        ("https://testserver@malo.example/", "/tablero/"),
        ("http:///malo.example", "/tablero/"),
    ],
)
def test_despues_de_ingresar_no_se_sale_del_portal(client, ciudadana, destino, va):
    """S31: only addresses of ours."""
    assert ingresar(client, CUI, next=destino).headers["Location"] == va


def test_al_ingresar_cambia_el_identificador_de_la_sesion(client, ciudadana):
    """S35: a session planted before does not become the signed-in one."""
    client.get("/cuenta/ingresar/")
    sesion = client.session
    sesion["plantada"] = True
    sesion.save()
    antes = client.cookies["sessionid"].value if "sessionid" in client.cookies else sesion.session_key
    client.cookies["sessionid"] = antes
    ingresar(client, CUI)
    assert client.cookies["sessionid"].value != antes
    assert not Session.objects.filter(session_key=antes).exists()


def test_tras_cinco_fallos_hay_que_esperar_y_despues_se_entra(client, ciudadana):
    """S38: no permanent lock-out: five minutes later the same browser signs in."""
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        for _ in range(5):
            assert NO_COINCIDE in ingresar(client, CUI, "mala").content.decode()
        assert MUCHOS in ingresar(client, CUI).content.decode()
        assert not dentro(client)
        reloj.shift(timedelta(minutes=5, seconds=1))
        ingresar(client, CUI)
        assert dentro(client)


def test_cincuenta_intentos_ajenos_no_dejan_fuera_a_la_victima(ciudadana):
    """S38: whoever guesses from elsewhere is stopped; the owner signs in at once from home."""
    atacante = Client(REMOTE_ADDR="203.0.113.9")
    respuestas = [ingresar(atacante, CUI, f"intento {n}").content.decode() for n in range(50)]
    assert sum(NO_COINCIDE in r for r in respuestas) == 5
    victima = Client(REMOTE_ADDR="198.51.100.7")
    ingresar(victima, CUI)
    assert dentro(victima)


def test_detras_del_proxy_cuenta_la_direccion_que_el_proxy_escribe(ciudadana, settings):
    """S38: what the client claims in X-Forwarded-For frees nobody; whoever is elsewhere is not stopped."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxy = Client(REMOTE_ADDR="10.0.0.1")
    for n in range(5):
        proxy.post(
            "/cuenta/ingresar/",
            {"login": CUI, "password": "mala"},
            headers={"X-Forwarded-For": f"1.1.1.{n}, 203.0.113.9"},
        )
    for direccion, queda in (("9.9.9.9, 203.0.113.9", False), ("203.0.113.9, 198.51.100.7", True)):
        proxy.post(
            "/cuenta/ingresar/",
            {"login": CUI, "password": CLAVE},
            headers={"X-Forwarded-For": direccion},
        )
        assert dentro(proxy) is queda


def test_todos_los_limites_comparten_la_espera_que_se_anuncia():
    """S38: «Espere {n} minutos» is true of each."""
    for limites in settings.ACCOUNT_RATE_LIMITS.values():
        for limite in limites.split(","):
            assert limite.split("/")[1] == f"{settings.MINUTOS_DE_ESPERA}m"


def test_salir_es_por_post_y_lo_dice(client, ciudadana):
    """S19, S43: looking at the page closes nothing; afterwards the browser keeps nothing."""
    ingresar(client, CUI)
    assert client.get("/cuenta/salir/").status_code == 200
    assert dentro(client)
    llave = client.cookies["sessionid"].value
    respuesta = client.post("/cuenta/salir/")
    assert respuesta.headers["Clear-Site-Data"] == '"cache", "storage"'
    pagina = client.get(respuesta.headers["Location"]).content.decode()
    assert "Cerró su sesión. Puede cerrar esta ventana." in pagina
    assert CADUCADA not in pagina
    client.cookies["sessionid"] = llave
    assert not dentro(client)


def test_sin_uso_la_sesion_se_cierra_y_se_explica_una_vez(client, ciudadana):
    """S36: thirty minutes idle; the sign-in page says why, and comes back to the same address."""
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        ingresar(client, CUI)
        reloj.shift(timedelta(minutes=29))
        assert dentro(client)
        reloj.shift(timedelta(minutes=29))
        assert dentro(client)
        reloj.shift(timedelta(minutes=31))
        respuesta = client.get("/mis-datos/", follow=True)
    assert respuesta.redirect_chain[0][0] == "/cuenta/ingresar/?next=/mis-datos/"
    assert CADUCADA in respuesta.content.decode()
    assert CADUCADA not in client.get("/cuenta/ingresar/").content.decode()


def test_la_sesion_del_personal_dura_menos_sin_uso(client, personal):
    """S36: twenty minutes, and every page says so."""
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        client.force_login(personal("analista"))
        assert "la sesión se cierra tras 20 minutos sin uso" in client.get("/mis-datos/").content.decode()
        reloj.shift(timedelta(minutes=19))
        assert dentro(client)
        reloj.shift(timedelta(minutes=21))
        assert not dentro(client)


def test_ninguna_sesion_pasa_de_diez_horas(client, ciudadana):
    """S36: however much it is used; afterwards nobody is in, and signing in starts another."""
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        ingresar(client, CUI)
        for _ in range(30):
            assert dentro(client)
            reloj.shift(timedelta(minutes=20))
        assert dentro(client)
        reloj.shift(timedelta(minutes=1))
        assert CADUCADA in client.get("/mis-datos/", follow=True).content.decode()
        ingresar(client, CUI)
        assert dentro(client)


def test_a_quien_no_habia_ingresado_no_se_le_habla_de_su_sesion(client):
    """The notice is for a session that was."""
    assert CADUCADA not in client.get("/mis-datos/", follow=True).content.decode()


def test_una_cuenta_inactiva_no_entra(client, con_cuenta):
    """S17: deactivated by administración."""
    persona = con_cuenta(is_active=False)
    respuesta = client.post("/cuenta/ingresar/", {"login": persona.cui, "password": CLAVE}, follow=True)
    assert "Su cuenta está inactiva" in respuesta.content.decode()
    assert not dentro(client)


def test_el_admin_no_tiene_otra_puerta(client, personal, ciudadana):
    """S17, S38: /admin/ signs in where everyone does, and opens only for administración."""
    assert client.get("/admin/login/").headers["Location"].startswith("/cuenta/ingresar/?next=")
    for persona, codigo in ((ciudadana, 404), (personal("analista"), 403), (personal("administracion"), 200)):
        client.force_login(persona)
        assert client.get("/admin/", follow=True).status_code == codigo


@pytest.mark.parametrize(
    "direccion", ["/cuenta/registro/", "/cuenta/ingresar/", "/cuenta/recuperar/", "/cuenta/salir/"]
)
def test_sin_la_ficha_del_formulario_no_se_hace_nada(ciudadana, direccion):
    """S19: every form carries its token."""
    assert (
        Client(enforce_csrf_checks=True).post(direccion, {"login": CUI, "password": CLAVE}).status_code == 403
    )
