"""The pages that belong to no app, in a real browser: whole, narrow, dark, without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.accesibilidad import revisar

PUBLICAS = ["/", "/ayuda/", "/accesibilidad/", "/no-existe/"]


@pytest.mark.parametrize("esquema", ["light", "dark"])
@pytest.mark.parametrize("ancho", [320, 1280])
def test_las_paginas_publicas_no_tienen_fallas_de_accesibilidad(abrir: Callable[..., Page], ancho, esquema):
    """experiencia.md §2: axe 0, sin desborde a 320 px."""
    pagina = abrir(viewport={"width": ancho, "height": 800}, color_scheme=esquema)
    for ruta in PUBLICAS:
        pagina.goto(ruta)
        revisar(pagina)


@pytest.mark.parametrize("pagina", [True, False], indirect=True)
def test_de_la_portada_se_llega_a_todo_lo_publico(pagina: Page):
    """A4; también sin JavaScript."""
    for enlace, titulo in [
        ("Crear cuenta", "Crear cuenta"),
        ("Ingresar", "Ingresar"),
        ("Ayuda", "Ayuda"),
        ("Accesibilidad", "Accesibilidad"),
        ("Verificar una constancia", "Verificar una constancia"),
    ]:
        pagina.goto("/")
        pagina.get_by_role("link", name=enlace, exact=True).first.click()
        expect(pagina.get_by_role("heading", level=1)).to_have_text(titulo)


def test_con_el_teclado_se_salta_al_contenido(pagina: Page):
    """2.4.1: el primer tabulador ofrece el salto, y el foco llega al contenido."""
    pagina.goto("/ayuda/")
    pagina.keyboard.press("Tab")
    salto = pagina.get_by_role("link", name="Saltar al contenido")
    expect(salto).to_be_focused()
    expect(salto).to_be_in_viewport()
    pagina.keyboard.press("Enter")
    expect(pagina.locator("main")).to_be_focused()


def test_al_errar_el_foco_va_al_resumen_y_de_ahi_al_campo(pagina: Page):
    """experiencia.md §1 «Validation»."""
    pagina.goto("/cuenta/registro/")
    pagina.get_by_role("button", name="Crear cuenta").click()
    resumen = pagina.locator("[data-resumen]")
    expect(resumen).to_be_focused()
    expect(pagina).to_have_title("Error: Crear cuenta · ONSEC")
    resumen.get_by_role("link").first.click()
    expect(pagina.get_by_label("CUI (número de DPI)")).to_be_focused()
    revisar(pagina)


def test_con_espaciado_de_texto_ampliado_nada_se_pierde(abrir: Callable[..., Page]):
    """1.4.12: la hoja de la prueba entra por la regla del navegador, no por la página."""
    pagina = abrir(viewport={"width": 320, "height": 800}, bypass_csp=True)
    pagina.goto("/")
    pagina.add_style_tag(
        content="*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
        "p{margin-bottom:2em!important}"
    )
    revisar(pagina)
