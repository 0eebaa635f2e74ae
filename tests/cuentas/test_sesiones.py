"""Sessions: what ends them, what a change of key does to them, and who may fill their table."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from cuentas.acciones.cambiar_personal import cambiar_personal
from cuentas.acciones.quitar_segundo_factor import quitar_segundo_factor
from cuentas.models import Usuario
from cuentas.tareas import atender_recuperaciones, borrar_caducados
from notificaciones.models import Correo

from .conftest import CLAVE, CUI, dentro, ingresar
from .test_registro import LLENO
from .test_segundo_factor import CODIGO, activar, codigo

pytestmark = pytest.mark.django_db

VIEJA, NUEVA = "una-clave-" + "1234567890" * 5, "otra-clave-" + "abcdefghij" * 5


@pytest.fixture
def analista(personal) -> Usuario:
    return personal("analista")


@pytest.mark.parametrize("cambios", [{"papel": "consulta"}, {"is_active": False}])
def test_cambiar_el_papel_o_el_estado_cierra_las_sesiones(client, analista, personal, cambios):
    """S35: they stay closed when the account is as it was again."""
    ingresar(client, analista.email)
    admin = personal("administracion")
    antes = {campo: getattr(analista, campo) for campo in cambios}
    for cambio in (cambios, antes):
        cambiar_personal(analista, cambios=cambio, actor=admin, ahora=timezone.now())
    assert not dentro(client)


def test_cambiar_un_nombre_no_cierra_nada(client, analista, personal):
    ingresar(client, analista.email)
    admin = personal("administracion")
    cambiar_personal(analista, cambios={"primer_nombre": "EVA"}, actor=admin, ahora=timezone.now())
    assert dentro(client)


def test_quitar_el_segundo_factor_cierra_las_sesiones(client, analista, personal):
    """S35, S41: by administración, whoever is inside goes out."""
    ingresar(client, analista.email)
    activar(client)
    quitar_segundo_factor(analista, actor=personal("administracion"), ahora=timezone.now())
    assert not dentro(client)


@pytest.mark.parametrize("cambio", ["quitar", "codigos/nuevos"])
def test_cambiar_uno_mismo_el_segundo_factor_deja_solo_esta_sesion(client, analista, cambio):
    """S35: the others end, this one goes on."""
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        ingresar(client, analista.email)
        secreto, _codigos = activar(client)
        reloj.shift(timedelta(seconds=30))
        ingresar(otra := Client(), analista.email)
        otra.post(CODIGO, {"code": codigo(secreto)})
        assert dentro(otra)
        assert client.post(f"/cuenta/segundo-factor/{cambio}/").status_code == 302
        assert dentro(client)
        assert not dentro(otra)


def test_cambiar_el_correo_cierra_las_otras_sesiones(client, ciudadana):
    """S35, S42: confirmed from this browser, which goes on."""
    ingresar(otra := Client(), CUI)
    ingresar(client, CUI)
    pedido = client.post("/cuenta/correo/", {"email": "nueva@demo.gt", "action_add": ""})
    client.post(pedido.headers["Location"], {"password": CLAVE}, follow=True)
    client.post(Correo.objects.get(para="nueva@demo.gt").contexto["enlace"])
    assert dentro(client)
    assert not dentro(otra)


def test_cambiar_la_clave_del_portal_no_saca_a_nadie_ni_mata_enlaces(client, ciudadana, analista, settings):
    """SECRET_KEY rotated: sessions, the mails' links, known browsers and second factors go on."""
    settings.SECRET_KEY = VIEJA
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        ingresar(client, CUI)
        ingresar(oficina := Client(), analista.email)
        secreto, codigos = activar(oficina)
        Client().post("/cuenta/recuperar/", {"email": CUI})
        atender_recuperaciones()
        Client().post("/cuenta/registro/", LLENO | {"cui": "1928374782217", "correo": "elena@demo.gt"})

        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NUEVA, [VIEJA]
        reloj.shift(timedelta(seconds=60))
        assert dentro(client)
        assert dentro(oficina)
        enlaces = dict(Correo.objects.values_list("plantilla", "contexto"))
        recuperar = Client().get(enlaces["recuperar"]["enlace"], follow=True).content.decode()
        assert "Este enlace ya no sirve" not in recuperar
        Client().post(enlaces["confirmar_correo"]["enlace"])
        assert Usuario.objects.filter(cui="1928374782217").exists()

        call_command("recifrar_secretos", stdout=(dicho := StringIO()))
        assert "2 de 2" in dicho.getvalue()
        settings.SECRET_KEY_FALLBACKS = []
        for bueno in (codigo(secreto), codigos[0]):
            ingresar(navegador := Client(), analista.email)
            navegador.post(CODIGO, {"code": bueno})
            assert dentro(navegador)


def test_recifrar_dice_de_quien_es_lo_que_ninguna_clave_lee(client, analista, settings):
    """Nothing of it changes, so that the lost key may still be found."""
    ingresar(client, analista.email)
    activar(client)
    antes = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NUEVA, []
    with pytest.raises(CommandError, match=str(analista.pk)):
        call_command("recifrar_secretos", stdout=StringIO())
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == antes


def test_los_envios_sin_sesion_no_llenan_la_tabla_de_sesiones(settings):
    """Anonymous POSTs, however large and many: a bound from each place, another for all."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"apartado": "3/5m/ip,5/5m/key"}
    for lugar in range(4):
        for _ in range(3):
            anonimo = {"REMOTE_ADDR": f"203.0.113.{lugar}"}
            Client(**anonimo).post("/gestiones/1/paso/datos-generales/", {"direccion": "x" * 15_000})
            Client(**anonimo).post("/gestiones/1/desistir/", {"motivo": "y" * 15_000})
    assert Session.objects.count() == 5


@pytest.mark.parametrize(
    "direccion",
    ["/", "/cuenta/ingresar/", "/cuenta/registro/", "/cuenta/recuperar/", "/tablero/", "/verificar/"],
)
def test_mirar_o_equivocarse_no_abre_una_sesion(client, direccion):
    """Only what must be remembered opens one."""
    client.get(direccion)
    if direccion.startswith("/cuenta/"):
        client.post(
            direccion, {"login": "nadie@demo.gt", "password": "x", "cui": "1", "email": "nadie@demo.gt"}
        )
    assert not Session.objects.exists()


def test_las_sesiones_caducadas_se_borran(client, ciudadana):
    """By the clock's task, and only those."""
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        ingresar(Client(), CUI)
        reloj.shift(timedelta(minutes=29))
        ingresar(client, CUI)
        reloj.shift(timedelta(minutes=2))
        borrar_caducados()
        assert Session.objects.count() == 1
        assert dentro(client)
