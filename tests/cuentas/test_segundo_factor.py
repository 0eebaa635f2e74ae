"""The second factor of the staff: set, asked for, recovered, and in nobody's way but theirs."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.tareas import atender_recuperaciones
from notificaciones.models import Correo

from .conftest import CLAVE, CUI, dentro, ingresar

pytestmark = pytest.mark.django_db

ACTIVAR = "/cuenta/segundo-factor/activar/"
CODIGO = "/cuenta/segundo-factor/ingresar/"
COMPROBAR = "/cuenta/segundo-factor/comprobar/"
QUITAR = "/cuenta/segundo-factor/quitar/"
NO_ES = "El código no es correcto o ya se usó. Escriba el que muestra su aplicación."


@pytest.fixture(autouse=True)
def reloj():
    """The tests' clock: a code is used once, so each next one is the next half minute's."""
    with time_machine.travel(timezone.now(), tick=False) as viajero:
        yield viajero


@pytest.fixture
def exigido(settings) -> None:
    settings.EXIGIR_2FA_PERSONAL = True


def codigo(clave: str) -> str:
    """What the telephone shows now."""
    return format_hotp_value(hotp_value(clave, int(time.time()) // 30))


def activar(client, clave: str = CLAVE) -> tuple[str, list[str]]:
    """Set it as a person does, from the page's own text: the key and the recovery codes."""
    pagina = client.get(ACTIVAR, follow=True)
    if pagina.redirect_chain:
        pagina = client.post(pagina.redirect_chain[-1][0], {"password": clave}, follow=True)
    secreto = re.search(r'<strong class="num">([A-Z2-7 ]+)</strong>', pagina.content.decode())[1].replace(
        " ", ""
    )
    codigos = client.post(ACTIVAR, {"code": codigo(secreto)}, follow=True).content.decode()
    return secreto, re.findall(r"<li>(\d{8})</li>", codigos)


@pytest.fixture
def analista(personal):
    return personal("analista")


def test_sin_exigirlo_el_personal_entra_con_su_contrasena(client, analista):
    """contrato.md, Configuration: EXIGIR_2FA_PERSONAL is false in the demo."""
    ingresar(client, analista.email)
    assert dentro(client)


@pytest.mark.parametrize("direccion", ["/revision/", "/mis-datos/", "/notificaciones/", "/admin/", "/"])
def test_exigido_nada_se_abre_antes_de_activarlo(client, personal, exigido, direccion):
    """S41: direct address before the second factor → the page to set it."""
    ingresar(client, personal("administracion").email)
    for metodo in (client.get, client.post):
        assert metodo(direccion).headers["Location"] == ACTIVAR
    assert client.get("/ayuda/").status_code == 200
    assert client.post("/cuenta/salir/").status_code == 302


def test_activarlo_da_codigos_de_recuperacion_y_deja_pasar(client, analista, exigido):
    """S41: the key as text and as QR; ten codes, shown once; the act is told by mail (matriz.md §7)."""
    ingresar(client, analista.email)
    pagina = client.get(ACTIVAR, follow=True)
    assert "Escriba su contraseña" in pagina.content.decode()
    _secreto, codigos = activar(client)
    assert len(set(codigos)) == 10
    assert client.get("/mis-datos/").status_code == 200
    otra_vez = client.get("/cuenta/segundo-factor/codigos/").content.decode()
    assert "Le quedan 10 de 10 códigos" in otra_vez
    assert not set(codigos) & set(re.findall(r"\d{8}", otra_vez))
    evento = Evento.objects.get(tipo="segundo_factor_cambiado")
    assert evento.actor == analista
    correo = Correo.objects.get(evento=evento)
    assert (correo.para, correo.asunto) == (
        analista.email,
        "Cambió la verificación en dos pasos de su cuenta",
    )


def test_la_clave_se_ve_en_texto_y_en_qr_sin_nada_en_linea(client, analista):
    """S26: an inline SVG, no script nor style; B: it works without JavaScript."""
    ingresar(client, analista.email)
    client.post("/cuenta/comprobar/?next=" + ACTIVAR, {"password": CLAVE})
    pagina = client.get(ACTIVAR).content.decode()
    assert re.search(r'<svg [^>]*class="qr"', pagina)
    assert "style=" not in pagina
    assert re.search(r'<strong class="num">([A-Z2-7]{4} ){7}[A-Z2-7]{4}</strong>', pagina)
    assert "<label" in pagina
    assert 'autocomplete="one-time-code"' in pagina


def test_desde_entonces_el_ingreso_pide_un_codigo_que_sirve_una_vez(client, analista, exigido, reloj):
    """S41: wrong, stale and repeated codes are refused; the good one opens."""
    ingresar(client, analista.email)
    secreto, _codigos = activar(client)
    reloj.shift(timedelta(seconds=60))
    navegador = Client()
    assert ingresar(navegador, analista.email).headers["Location"] == CODIGO
    assert not dentro(navegador)
    viejo = codigo(secreto)
    reloj.shift(timedelta(seconds=60))
    for malo in ("000000", viejo, "", "abc"):
        respuesta = navegador.post(CODIGO, {"code": malo}).content.decode()
        assert (NO_ES if malo else "Escriba el código.") in respuesta
        assert "<title>Error: Escriba su código" in respuesta
    bueno = codigo(secreto)
    assert navegador.post(CODIGO, {"code": f" {bueno[:3]} {bueno[3:]} "}).headers["Location"] == "/revision/"
    assert dentro(navegador)
    otro = Client()
    ingresar(otro, analista.email)
    assert NO_ES in otro.post(CODIGO, {"code": bueno}).content.decode()
    assert not dentro(otro)


def test_un_codigo_de_recuperacion_entra_una_sola_vez(client, analista):
    """S41."""
    ingresar(client, analista.email)
    _secreto, codigos = activar(client)
    for sirve in (True, False):
        navegador = Client()
        ingresar(navegador, analista.email)
        navegador.post(CODIGO, {"code": codigos[0]})
        assert dentro(navegador) is sirve


@pytest.mark.parametrize("malo", ["{:06}", "{:08}"])
def test_cinco_codigos_malos_no_dejan_fuera_a_quien_es_su_duena(client, analista, reloj, malo):
    """S38, S41: whoever has the password waits; the owner enters elsewhere, also with a paper code."""
    ingresar(client, analista.email)
    secreto, codigos = activar(client)
    ladron = Client(REMOTE_ADDR="203.0.113.9")
    ingresar(ladron, analista.email)
    for n in range(5):
        ladron.post(CODIGO, {"code": malo.format(n)})
    reloj.shift(timedelta(seconds=60))
    respuesta = ladron.post(CODIGO, {"code": codigo(secreto)}).content.decode()
    assert "Hubo muchos intentos. Espere 5 minutos y vuelva a intentar." in respuesta
    for bueno in (codigo(secreto), codigos[0]):
        duena = Client(REMOTE_ADDR="198.51.100.7")
        ingresar(duena, analista.email)
        duena.post(CODIGO, {"code": bueno})
        assert dentro(duena)
    reloj.shift(timedelta(minutes=5, seconds=1))
    ingresar(ladron, analista.email)
    ladron.post(CODIGO, {"code": codigo(secreto)})
    assert dentro(ladron)


def test_una_sesion_de_antes_no_aprovecha_el_segundo_factor_ajeno(client, analista, exigido, reloj):
    """S41: whoever only has the password stays outside when the owner sets it from another browser."""
    ladron = Client()
    ingresar(ladron, analista.email)
    ingresar(client, analista.email)
    secreto, _codigos = activar(client)
    reloj.shift(timedelta(seconds=30))
    assert ladron.get("/mis-datos/").headers["Location"] == f"{COMPROBAR}?next=/mis-datos/"
    assert ladron.get(ACTIVAR, follow=True).redirect_chain[-1][0].startswith(COMPROBAR)
    ladron.post(f"{COMPROBAR}?next=/mis-datos/", {"code": "000000"})
    assert not dentro(ladron)
    assert (
        ladron.post(f"{COMPROBAR}?next=/mis-datos/", {"code": codigo(secreto)}).headers["Location"]
        == "/mis-datos/"
    )
    assert dentro(ladron)


def test_recuperar_la_contrasena_no_salta_el_segundo_factor(client, analista):
    """S40: the new password still asks for the code."""
    ingresar(client, analista.email)
    activar(client)
    navegador = Client()
    navegador.post("/cuenta/recuperar/", {"email": analista.email})
    atender_recuperaciones()
    enlace = Correo.objects.get(plantilla="recuperar").contexto["enlace"]
    paso = navegador.get(enlace, follow=True).redirect_chain[-1][0]
    nueva = "el quetzal vuela de noche"
    navegador.post(paso, {"password1": nueva, "password2": nueva})
    assert not dentro(navegador)
    assert ingresar(navegador, analista.email, nueva).headers["Location"] == CODIGO


def test_quitarlo_pide_el_codigo_y_no_la_contrasena(client, analista, exigido, reloj):
    """S42: a session left open and a known password do not take it away; without it nothing opens again."""
    ingresar(client, analista.email)
    secreto, _codigos = activar(client)
    reloj.shift(timedelta(minutes=6))
    respuesta = client.post(QUITAR)
    assert respuesta.headers["Location"].startswith(COMPROBAR)
    assert client.get("/cuenta/comprobar/?next=" + QUITAR).headers["Location"].startswith(COMPROBAR)
    assert client.post(respuesta.headers["Location"], {"code": "000000"}).status_code == 200
    assert Authenticator.objects.count() == 2
    client.post(respuesta.headers["Location"], {"code": codigo(secreto)})  # what was asked for goes on
    assert not Authenticator.objects.exists()
    assert Evento.objects.filter(tipo="segundo_factor_cambiado").count() == 2
    ingresar(otro := Client(), analista.email)
    assert otro.get("/mis-datos/").headers["Location"] == ACTIVAR


def test_administracion_lo_quita_a_quien_perdio_el_telefono_y_se_le_avisa(client, personal, analista, reloj):
    """F3, S42, matriz.md §7: with administración's own code; its owner is told, the log says who did it."""
    ingresar(client, analista.email)
    activar(client)
    admin = personal("administracion")
    ingresar(oficina := Client(), admin.email)
    secreto, _codigos = activar(oficina)
    reloj.shift(timedelta(minutes=6))
    pedido = quitar(oficina, analista)
    assert pedido.headers["Location"].startswith(COMPROBAR)
    assert Authenticator.objects.filter(user=analista).exists()
    oficina.post(pedido.headers["Location"], {"code": codigo(secreto)})  # what was asked for goes on
    assert not Authenticator.objects.filter(user=analista).exists()
    evento = Evento.objects.filter(tipo="segundo_factor_cambiado").latest("pk")
    assert (evento.actor, evento.datos) == (admin, {"cuenta": analista.pk})
    assert Correo.objects.get(evento=evento).para == analista.email


def test_administracion_no_se_quita_el_suyo_desde_la_lista(personal):
    """S42: not even having just typed the code."""
    admin = personal("administracion")
    ingresar(oficina := Client(), admin.email)
    activar(oficina)
    respuesta = quitar(oficina, admin, follow=True)
    assert Authenticator.objects.filter(user=admin).exists()
    assert "La suya se quita en «Verificación en dos pasos»." in respuesta.content.decode()


def quitar(oficina, persona, **opciones):
    """Choose that person in administración's list and «Quitar la verificación en dos pasos»."""
    envio = {"action": "quitar_segundos_factores", "_selected_action": [persona.pk]}
    return oficina.post(reverse("admin:cuentas_usuario_changelist"), envio, **opciones)


def test_la_base_de_datos_sola_no_da_codigos(client, analista):
    """S41: the key is ciphered, the recovery codes are digests, and those ciphered as well."""
    ingresar(client, analista.email)
    secreto, codigos = activar(client)
    guardado = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secreto not in guardado
    assert not any(c in guardado for c in codigos)
    papel = Authenticator.objects.get(type="recovery_codes")
    assert "por_mostrar" not in papel.data
    assert not set(papel.wrap().get_unused_codes()) & set(codigos)


def test_los_codigos_de_antes_sirven_y_quedan_resumidos(client, analista):
    """S41: those that allauth keeps by their seed go on opening, once each."""
    ingresar(client, analista.email)
    activar(client)
    Authenticator.objects.filter(type="recovery_codes").delete()
    viejos = RecoveryCodes.activate(analista).generate_codes()
    for codigo_de_papel, entra in ((viejos[3], True), (viejos[3], False), (viejos[4], True)):
        navegador = Client()
        ingresar(navegador, analista.email)
        navegador.post(CODIGO, {"code": codigo_de_papel})
        assert dentro(navegador) is entra
    assert "seed" not in Authenticator.objects.get(type="recovery_codes").data


def test_el_ciudadano_no_lo_tiene_ni_se_le_exige(client, ciudadana, exigido):
    """S41: it is the staff's; its pages do not exist for a citizen."""
    ingresar(client, CUI)
    assert dentro(client)
    for direccion in (
        "/cuenta/segundo-factor/",
        ACTIVAR,
        QUITAR,
        COMPROBAR,
        "/cuenta/segundo-factor/codigos/",
    ):
        assert client.get(direccion).status_code == 404


def test_exigirlo_no_cuesta_consultas_a_quien_ya_lo_probo(
    client, analista, exigido, settings, django_assert_num_queries
):
    ingresar(client, analista.email)
    activar(client)
    client.get("/ayuda/")
    with CaptureQueriesContext(connection) as con:
        client.get("/mis-datos/")
    settings.EXIGIR_2FA_PERSONAL = False
    with django_assert_num_queries(len(con)):
        client.get("/mis-datos/")
