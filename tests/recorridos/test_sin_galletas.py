"""A browser that lost every cookie while somebody wrote: the text comes back (mensajes.md §6)."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.accesibilidad import revisar
from tests.recorridos import pasos
from tests.tramites import escenas
from tramites.models import Rectificacion

TEXTO = "Mi segundo apellido es <Pérez> & no «Peres».\nLo dice mi DPI."


@pytest.mark.parametrize("javascript", [True, False], ids=["con JavaScript", "sin JavaScript"])
def test_lo_escrito_sin_galletas_se_lee_y_se_envia_otra_vez(abrir: Callable[..., Page], javascript: bool):
    persona = pasos.persona()
    gestion = escenas.enviada_sin_papeles(persona)
    page = pasos.entrar(abrir(javascript=javascript, viewport={"width": 360, "height": 780}), persona)
    page.goto(reverse("pedir_rectificacion", args=[gestion.numero]))
    page.locator("#id_texto").fill(TEXTO)
    page.context.clear_cookies()
    pasos.boton(page, "Enviar la petición").click()
    expect(pasos.titulo(page)).to_have_text("Envíe el formulario otra vez")
    for renglon in TEXTO.splitlines():
        expect(page.get_by_text(renglon)).to_be_visible()
    if javascript:
        revisar(page)
    pasos.boton(page, "Enviar lo que escribí").click()
    expect(pasos.titulo(page)).to_have_text("Ingresar")
    pasos.dar_clave(page, persona.cui)
    expect(page.locator("#id_texto")).to_have_value(TEXTO)
    pasos.boton(page, "Enviar la petición").click()
    expect(page.get_by_text("Recibimos su petición")).to_be_visible()
    assert Rectificacion.objects.get().texto.replace("\r\n", "\n") == TEXTO
