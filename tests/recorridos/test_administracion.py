"""Administración in a real browser: the admin under our CSP, wide and narrow, and the second factor."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from cuentas.models import Usuario
from previsión.models import Opcion
from tests.accesibilidad import AXE, CORRER, REGLAS, revisar
from tests.cuentas.conftest import CLAVE, personal  # noqa: F401  (a fixture)
from tests.fabricas import cui

PAGINAS = (
    "",
    "cuentas/usuario/",
    "cuentas/usuario/add/",
    "cuentas/documentolegal/1/change/",
    "cuentas/documentolegal/add/?desde=1",
    "prevision/opcion/",
    "prevision/opcion/1/change/",
    "prevision/opcion/1/history/",
    "prevision/opcion/add/?anterior=1",
    "prevision/razon/",
    "prevision/razon/add/",
    "prevision/textoeditable/",
    "prevision/textoeditable/add/",
    "territorio/departamento/",
    "territorio/municipio/",
    "territorio/municipio/add/",
    "tramites/asuetoextra/",
    "tramites/asuetoextra/add/",
)


def ingresar(pagina: Page, persona: Usuario, direccion: str) -> None:
    pagina.goto(direccion)
    pagina.get_by_label("CUI o correo electrónico").fill(persona.email)
    pagina.get_by_label("Contraseña").fill(CLAVE)
    pagina.get_by_role("button", name="Ingresar").click()


def recorrer(pagina: Page) -> Iterator[Page]:
    """Each page of the admin, once it is seen that it opened and does not scroll sideways."""
    for direccion in PAGINAS:
        pagina.goto(f"/admin/{direccion}")
        expect(pagina.get_by_role("link", name="Mesa de revisión")).to_be_visible()
        assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth"), direccion
        yield pagina


def test_las_paginas_del_admin_cumplen_la_csp(abrir, personal):  # noqa: F811
    """S26: Django's own pages, with their scripts, under our CSP: `abrir` fails on a violation."""
    pagina = abrir(viewport={"width": 1280, "height": 900})
    ingresar(pagina, personal("administracion"), "/admin/")
    assert len(list(recorrer(pagina))) == len(PAGINAS)


def test_las_paginas_del_admin_caben_en_el_telefono_mas_angosto(abrir, personal):  # noqa: F811
    """F3: 320 px, which is also 400 % of zoom on a desk's screen."""
    pagina = abrir(viewport={"width": 320, "height": 700})
    ingresar(pagina, personal("administracion"), "/admin/")
    assert len(list(recorrer(pagina))) == len(PAGINAS)


def test_las_paginas_del_admin_son_accesibles_en_un_telefono(abrir, personal):  # noqa: F811
    """F3: none of axe's rules broken at 360 px. Here axe itself styles its probes inline, so CSP is off."""
    pagina = abrir(viewport={"width": 360, "height": 900}, bypass_csp=True)
    ingresar(pagina, personal("administracion"), "/admin/")
    for abierta in recorrer(pagina):
        abierta.evaluate(AXE)
        violaciones = abierta.evaluate(CORRER, REGLAS)["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in violaciones] == []


@pytest.mark.parametrize("javascript", [True, False], ids=["con JavaScript", "sin JavaScript"])
def test_administracion_abre_una_cuenta_y_le_da_otro_nombre_a_una_opcion(abrir, personal, javascript):  # noqa: F811
    """F3: the daily tasks, with and without JavaScript."""
    pagina = abrir(javascript=javascript)
    ingresar(pagina, personal("administracion"), "/admin/cuentas/usuario/add/")
    pagina.get_by_label("Correo electrónico").fill("marta@onsec.example")
    pagina.get_by_label("CUI").fill(cui(777))
    pagina.get_by_label("Papel").select_option(label="Analista")
    pagina.get_by_label("Primer nombre").fill("Marta")
    pagina.get_by_label("Primer apellido").fill("Sic")
    pagina.get_by_role("button", name="Guardar", exact=True).click()
    expect(pagina.get_by_role("link", name="MARTA SIC").first).to_be_visible()
    femenino = Opcion.objects.get(catalogo="genero", codigo="F")
    pagina.goto(f"/admin/prevision/opcion/{femenino.pk}/change/")
    pagina.get_by_role("link", name="Darle otro nombre desde un día").click()
    pagina.get_by_label("Nombre").fill("Mujer")
    pagina.get_by_role("button", name="Guardar", exact=True).click()
    expect(pagina.get_by_role("link", name="Mujer").first).to_be_visible()
    assert Opcion.objects.filter(catalogo="genero", codigo="F").count() == 2


@pytest.mark.parametrize("javascript", [True, False], ids=["con JavaScript", "sin JavaScript"])
def test_el_segundo_factor_se_activa_y_se_pide_al_volver(abrir, personal, javascript):  # noqa: F811
    """S41: the key in text, the codes once, the code at the next sign-in; each page accessible at 360 px."""
    analista = personal("analista")
    pagina = abrir(javascript=javascript, viewport={"width": 360, "height": 800})
    ingresar(pagina, analista, "/cuenta/segundo-factor/")
    pagina.get_by_role("link", name="Activar").click()
    pagina.get_by_label("Contraseña").fill(CLAVE)
    pagina.get_by_role("button", name="Continuar").click()
    if javascript:
        revisar(pagina)
    clave = re.sub(r"\s", "", pagina.locator("strong.num").inner_text())
    pagina.get_by_label("Código").fill(codigo(clave))
    pagina.get_by_role("button", name="Activar").click()
    expect(pagina.get_by_text("No volverán a mostrarse.")).to_be_visible()
    assert pagina.locator(".claves li").count() == 10
    if javascript:
        revisar(pagina)
    recuperacion = pagina.locator(".claves li").first.inner_text()
    otra = abrir(javascript=javascript)
    ingresar(otra, analista, "/cuenta/ingresar/")
    otra.get_by_label("Código").fill("000000")
    otra.get_by_role("button", name="Continuar").click()
    expect(otra.get_by_role("heading", name="Hay un problema")).to_be_visible()
    otra.get_by_label("Código").fill(recuperacion)
    otra.get_by_role("button", name="Continuar").click()
    expect(otra).to_have_url(re.compile("/revision/$"))


def codigo(clave: str) -> str:
    """What the telephone shows now."""
    return format_hotp_value(hotp_value(clave, int(time.time()) // 30))
