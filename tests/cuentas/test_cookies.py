"""The privacy notice names every cookie that the portal leaves in a browser, and says until when."""

import ast
import importlib
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from cuentas import freno
from cuentas.models import DocumentoLegal
from tests.arquitectura.codigo import PAQUETES, RAIZ, modulos

from .conftest import CUI, dentro, ingresar

pytestmark = pytest.mark.django_db


@pytest.fixture
def aviso() -> str:
    return DocumentoLegal.objects.vigente("privacidad", ahora=timezone.now()).texto


def nombradas(texto: str) -> set[str]:
    return set(re.findall(r"«([\w-]+)»", texto.partition("## Cookies")[2]))


def escritas() -> Iterator[str]:
    """The first argument of every `set_cookie` of ours, by what its module calls so."""
    for ruta, arbol in modulos(*PAQUETES):
        for nodo in ast.walk(arbol):
            if isinstance(nodo, ast.Call) and getattr(nodo.func, "attr", "") == "set_cookie":
                nombre, modulo = nodo.args[0], ruta.removesuffix(".py").replace("/", ".")
                fijo = isinstance(nombre, ast.Constant)
                yield nombre.value if fijo else getattr(importlib.import_module(modulo), nombre.id)


def test_el_aviso_nombra_cada_cookie_del_codigo_y_de_los_ajustes(aviso):
    """S43: a new one is not left before the notice tells of it."""
    produccion = (RAIZ / "ceo_portal/settings/produccion.py").read_text()
    ajustes = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    ajustes |= set(re.findall(r'_COOKIE_NAME = "([^"]+)"', produccion))
    assert len(ajustes) == 4
    assert nombradas(aviso) == ajustes | set(escritas())


def test_el_aviso_nombra_cada_cookie_que_llega(aviso, client, ciudadana, personal):
    """As a browser gets them: signed in, using it, signed out, registering."""
    recibidas: SimpleCookie = SimpleCookie()
    for persona in (CUI, personal("jefatura").email):
        navegador = Client(enforce_csrf_checks=False)
        navegador.get("/cuenta/registro/")
        ingresar(navegador, persona)
        assert dentro(navegador)
        for direccion in ("/", "/tablero/", "/revision/", "/cuenta/clave/"):
            navegador.get(direccion, follow=True)
        recibidas.update(navegador.cookies)
        navegador.post("/cuenta/salir/", follow=True)
        recibidas.update(navegador.cookies)
    assert set(recibidas) >= {settings.SESSION_COOKIE_NAME, "equipo", "dentro"}
    assert set(recibidas) <= nombradas(aviso)


def test_el_aviso_dice_cuanto_dura_cada_una(aviso):
    """What it promises is what the settings do."""
    texto = " ".join(aviso.split())
    assert f"Dura {freno.DIAS} días." in texto
    assert f"tras {settings.SESSION_COOKIE_AGE // 60} minutos sin uso." in texto
    assert f"Nunca pasa de {settings.HORAS_DE_SESION} horas." in texto
    assert settings.CSRF_COOKIE_AGE in (60 * 60 * 24 * 7 * 52, 60 * 60 * 24 * 365)


def test_es_una_version_nueva_y_la_anterior_se_conserva(client):
    """Decision of the legal texts: what was accepted stays; the page shows the newest."""
    primera, segunda = DocumentoLegal.objects.filter(tipo="privacidad").order_by("version")
    assert segunda.texto.startswith(primera.texto.rstrip())
    assert (primera.version, segunda.version) == (1, 2)
    pagina = client.get("/privacidad/").content.decode()
    assert "Versión 2" in pagina
    assert "<h2>Cookies que deja el portal</h2>" in pagina
