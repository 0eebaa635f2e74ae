"""No session at rest holds in clear what opens an account: neither its row nor what the cache remembers."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client

from cuentas.tareas import atender_recuperaciones
from notificaciones.models import Correo

from .conftest import CLAVE, CUI, dentro, ingresar
from .test_segundo_factor import ACTIVAR, codigo

pytestmark = pytest.mark.django_db
NUEVA = "el quetzal vuela de noche"


def guardado(navegador: Client) -> str:
    """All that is kept of that browser's session, as a thief of the database or of the cache reads it."""
    llave = navegador.cookies[settings.SESSION_COOKIE_NAME].value
    fila = Session.objects.get(session_key=llave).get_decoded()
    recordado = getattr(caches["sesiones"], "_cache", {})
    return json.dumps(fila) + str(recordado)


def abrir_activacion(navegador: Client) -> str:
    pagina = navegador.get(ACTIVAR, follow=True)
    if pagina.redirect_chain:
        pagina = navegador.post(pagina.redirect_chain[-1][0], {"password": CLAVE}, follow=True)
    return re.search(r'<strong class="num">([A-Z2-7 ]+)</strong>', pagina.content.decode())[1].replace(
        " ", ""
    )


def test_la_clave_que_se_esta_activando_no_esta_en_claro(client, personal):
    """S41: shown on its page and nowhere else; a wrong code keeps the same key to try again."""
    persona = personal("analista")
    ingresar(client, persona.email)
    secreto = abrir_activacion(client)
    assert secreto not in guardado(client)
    otra_vez = client.post(ACTIVAR, {"code": "000000"}).content.decode().replace(" ", "")
    assert secreto in otra_vez
    assert secreto not in guardado(client)
    client.post(ACTIVAR, {"code": codigo(secreto)})
    assert persona.authenticator_set.filter(type="totp").exists()
    assert "cifrado:" not in guardado(client)


def test_se_activa_aunque_entre_tanto_cambie_la_clave_del_portal(client, personal, settings):
    """The earlier key reads it while it is a fallback; with none, its page begins again."""
    persona = personal("analista")
    ingresar(client, persona.email)
    secreto = abrir_activacion(client)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "otra-clave-de-prueba-bien-larga-y-con-muchos-signos-0123456789"
    client.post(ACTIVAR, {"code": codigo(secreto)})
    assert persona.authenticator_set.filter(type="totp").exists()


def test_el_enlace_para_recuperar_no_esta_en_claro(client, ciudadana):
    """The session keeps the mail's token between the link and the new password (S40)."""
    client.post("/cuenta/recuperar/", {"email": ciudadana.email})
    atender_recuperaciones()
    enlace = Correo.objects.get(plantilla="recuperar").contexto["enlace"]
    ficha = enlace.rstrip("/").rpartition("/")[2].partition("-")[2]
    paso = client.get(enlace, follow=True)
    assert ficha not in guardado(client)
    destino = paso.redirect_chain[-1][0]
    corta = client.post(destino, {"password1": "x", "password2": "x"})
    assert corta.status_code == 200
    assert ficha not in guardado(client)
    client.post(destino, {"password1": NUEVA, "password2": NUEVA})
    otro = Client()
    ingresar(otro, CUI, NUEVA)
    assert dentro(otro)
