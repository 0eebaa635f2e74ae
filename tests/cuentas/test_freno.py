"""Guessing: every try costs one password hashed, slows down who guesses, and never shuts the owner out."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.utils import timezone

from cuentas.acciones import recuperar
from cuentas.tareas import atender_recuperaciones
from notificaciones.models import Correo

from .conftest import CLAVE, CUI, NO_COINCIDE, dentro, ingresar

pytestmark = pytest.mark.django_db

MUCHOS = "Hubo muchos intentos. Espere 5 minutos y vuelva a intentar."
ATACANTE, CASA = "203.0.113.9", "198.51.100.7"
NOMBRES = ("1600325470202", "1600 32547 0202", "rosalinda@demo.gt", " Rosalinda@DEMO.gt ", "1600-32547-0202")


@pytest.fixture
def cifradas(monkeypatch) -> list[str]:
    """Each password hashed, by whichever road."""
    hechas: list[str] = []
    original = PBKDF2PasswordHasher.encode

    def contar(self, password, salt, *vueltas):
        hechas.append(password)
        return original(self, password, salt, *vueltas)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", contar)
    return hechas


def fallar(navegador, veces, nombre=CUI):
    """That many wrong tries; what the last one answered."""
    for _ in range(veces):
        respuesta = ingresar(navegador, nombre, "mala")
    return respuesta.content.decode()


@pytest.mark.parametrize("clave", [CLAVE, "mala", ""])
@pytest.mark.parametrize(
    "nombre",
    [
        *NOMBRES,
        "1002003030101",
        "nadie@demo.gt",
        "sin@confirmar.gt",
        "baja@demo.gt",
        "analista@demo.gt",
        "invitada@demo.gt",
        "",
        "lo que sea",
        "a@b@c",
        "x" * 400,
    ],
)
def test_cada_intento_cifra_una_sola_contrasena(
    client, ciudadana, con_cuenta, personal, cifradas, nombre, clave
):
    """S37: known, unknown, unconfirmed, disabled, staff, invited, empty or garbage: the same work."""
    con_cuenta(email="sin@confirmar.gt", verificado=False)
    con_cuenta(email="baja@demo.gt", is_active=False)
    personal("analista")
    invitada = con_cuenta(email="invitada@demo.gt")
    invitada.set_unusable_password()
    invitada.save()
    cifradas.clear()
    ingresar(client, nombre, clave)
    assert len(cifradas) == 1


def test_hacer_esperar_cuesta_lo_mismo(client, ciudadana, cifradas):
    """S37: neither by its time does the wait tell whose account it is."""
    for nombre in (CUI, "nadie@demo.gt"):
        fallar(client, 5, nombre)
        cifradas.clear()
        assert MUCHOS in fallar(client, 1, nombre)
        assert len(cifradas) == 1


def test_escribirla_otra_vez_tambien_cifra_una(client, personal, cifradas):
    """S37: the door that asks for the password again, of staff as of anybody."""
    ingresar(client, personal("analista").email)
    cifradas.clear()
    client.post("/cuenta/comprobar/?next=/mis-datos/", {"password": "mala"})
    assert len(cifradas) == 1


def test_el_cui_y_el_correo_de_una_persona_se_cuentan_juntos(ciudadana):
    """S38: five tries are five, whichever of her names is typed and however."""
    atacante = Client(REMOTE_ADDR=ATACANTE)
    for nombre in NOMBRES:
        assert NO_COINCIDE in fallar(atacante, 1, nombre)
    for nombre in NOMBRES:
        assert MUCHOS in ingresar(atacante, nombre).content.decode()


@pytest.mark.parametrize(
    "direcciones",
    [
        pytest.param([f"2001:db8:1:2::{n:x}" for n in range(1, 61)], id="un /64"),
        pytest.param([f"2001:db8:1:{n:x}::1" for n in range(1, 61)], id="sesenta /64 de un /48"),
        pytest.param([f"2001:db8:{n:x}::1" for n in range(1, 61)], id="sesenta /48"),
        pytest.param([f"203.0.113.{n}" for n in range(1, 61)], id="sesenta IPv4"),
        pytest.param([ATACANTE] * 60, id="una IPv4"),
        pytest.param([ATACANTE, f"::ffff:{ATACANTE}"] * 30, id="una IPv4, y dentro de IPv6"),
    ],
)
def test_sesenta_intentos_ajenos_no_cierran_la_puerta_a_la_duena(ciudadana, direcciones):
    """S38: from wherever they come; she enters from a place where she never was."""
    for nombre in (CUI, "rosalinda@demo.gt"):
        for direccion in direcciones:
            fallar(Client(REMOTE_ADDR=direccion), 1, nombre)
    for casa in (CASA, "2001:db8:ffff::1"):
        ingresar(duena := Client(REMOTE_ADDR=casa), CUI)
        assert dentro(duena)


@pytest.mark.parametrize(
    ("direcciones", "probados"),
    [
        ([f"2001:db8:1:2::{n:x}" for n in range(1, 31)], 5),
        ([f"2001:db8:1:{n:x}::1" for n in range(1, 31)], 20),
        ([ATACANTE, f"::ffff:{ATACANTE}"] * 15, 5),
    ],
    ids=["un /64", "un /48", "IPv4 dentro de IPv6"],
)
def test_lo_que_es_un_mismo_lugar_cuenta_como_uno(ciudadana, direcciones, probados):
    """S38: changing address inside one's own network gives no more tries."""
    respuestas = [fallar(Client(REMOTE_ADDR=d), 1) for d in direcciones]
    assert sum(NO_COINCIDE in r for r in respuestas) == probados


def test_desde_muchos_lugares_cada_uno_tiene_menos_intentos(ciudadana):
    """S38: slower, not shut: past sixty in five minutes a new place has one try."""
    for n in range(12):
        fallar(Client(REMOTE_ADDR=f"203.0.113.{n}"), 5)
    otro = Client(REMOTE_ADDR="192.0.2.1")
    assert NO_COINCIDE in fallar(otro, 1)
    assert MUCHOS in fallar(otro, 1)


def test_lo_que_se_hace_esperar_no_gasta_los_intentos_de_otros_lugares(ciudadana):
    """S38: a /48 that insists past its twenty does not put the account under attack for everybody."""
    for n in range(1, 71):
        fallar(Client(REMOTE_ADDR=f"2001:db8:1:{n:x}::1"), 1)
    otro = Client(REMOTE_ADDR="192.0.2.1")
    assert NO_COINCIDE in fallar(otro, 3)


def test_la_duena_entra_con_su_navegador_aunque_adivinen_tras_su_misma_salida(ciudadana):
    """S38: a university, a kiosk; the tries of her own browser are hers."""
    duena = Client(REMOTE_ADDR=ATACANTE)
    ingresar(duena, CUI)
    duena.post("/cuenta/salir/")
    atacante = Client(REMOTE_ADDR=ATACANTE)
    assert MUCHOS in fallar(atacante, 6)
    ingresar(duena, CUI)
    assert dentro(duena)
    assert MUCHOS in ingresar(Client(REMOTE_ADDR=ATACANTE), CUI).content.decode()


def test_el_navegador_conocido_de_otra_cuenta_o_inventado_no_da_mas_intentos(ciudadana, con_cuenta):
    """S38: the cookie is of one account, signed, and has its own five tries."""
    atacante = Client(REMOTE_ADDR=ATACANTE)
    ingresar(atacante, con_cuenta().cui)
    atacante.post("/cuenta/salir/")
    fallar(Client(REMOTE_ADDR=ATACANTE), 5)
    assert MUCHOS in fallar(atacante, 1)
    for galleta in ("", "x", "WzEsICJ4Il0:1:x", "a:b:c"):
        atacante.cookies["equipo"] = galleta
        assert MUCHOS in fallar(atacante, 1)
    ingresar(suya := Client(REMOTE_ADDR=CASA), CUI)
    suya.post("/cuenta/salir/")
    assert MUCHOS in fallar(suya, 6)


def test_quien_recupero_su_contrasena_entra_aunque_la_sigan_adivinando(client, ciudadana, settings):
    """S38: with the last ceiling reached, her mailbox is the way in."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"intento_tope": "1/5m/key"}
    fallar(Client(REMOTE_ADDR=ATACANTE), 1)
    assert MUCHOS in ingresar(client, CUI).content.decode()
    client.post("/cuenta/recuperar/", {"email": CUI})
    atender_recuperaciones()
    pagina = client.get(Correo.objects.get().contexto["enlace"], follow=True).request["PATH_INFO"]
    nueva = "otra frase con guayabas"
    client.post(pagina, {"password1": nueva, "password2": nueva})
    ingresar(client, CUI, nueva)
    assert dentro(client)


def test_pedir_recuperar_lo_ajeno_no_se_lo_impide_a_su_duena_ni_llena_su_buzon(ciudadana):
    """S38, S49: the limit is of who asks; her mailbox gets three links at most, by whichever name."""
    atacante = Client(REMOTE_ADDR=ATACANTE)
    for _ in range(4):
        for nombre in (CUI, "rosalinda@demo.gt"):
            atacante.post("/cuenta/recuperar/", {"email": nombre})
    respuesta = Client(REMOTE_ADDR=CASA).post("/cuenta/recuperar/", {"email": CUI})
    assert respuesta.headers["Location"] == "/cuenta/recuperar/enviado/"
    atender_recuperaciones()
    assert Correo.objects.count() == recuperar.ENLACES_SEGUIDOS


def test_la_espera_pasa_y_un_acierto_no_cuenta(client, ciudadana):
    """S38: what was right is forgotten; what was wrong, in five minutes."""
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        for _ in range(8):
            ingresar(navegador := Client(), CUI)
            assert dentro(navegador)
        assert MUCHOS in fallar(client, 6)
        reloj.shift(timedelta(minutes=5, seconds=1))
        ingresar(client, CUI)
        assert dentro(client)


def test_un_nombre_que_parece_el_numero_de_una_cuenta_no_gasta_sus_intentos(ciudadana):
    """S38: what was typed and whose it is are counted apart."""
    for nombre in (str(ciudadana.pk), f"cuenta {ciudadana.pk}"):
        fallar(Client(REMOTE_ADDR=CASA), 5, nombre)
    ingresar(duena := Client(REMOTE_ADDR=CASA), CUI)
    assert dentro(duena)
