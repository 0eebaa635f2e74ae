"""However a renglón is opened at the desk, its own newest file is on view, and the verdict names it (F1)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.recorridos import pasos
from tests.tramites import escenas


@pytest.fixture
def analista(transactional_db):
    return pasos.analista()


@pytest.fixture
def tomada(analista):
    return escenas.tomada(escenas.titular(), analista)


def entrar(abrir, analista, **opciones):
    page = abrir(viewport={"width": 1280, "height": 900}, **opciones)
    page.goto("/cuenta/ingresar/")
    pasos.dar_clave(page, analista.email)
    return page


def test_abrir_con_el_raton_trae_el_suyo(abrir, analista, tomada):
    page = entrar(abrir, analista)
    page.goto(reverse("revision", args=[tomada.numero]))
    page.locator("#lugar-4 > summary").click()
    expect(page.locator("#visor figcaption b")).to_contain_text("4. ")
    expect(page.locator("#lugar-4 [data-a-la-vista]")).to_contain_text("documento 4.pdf")
    page.locator("#lugar-4").get_by_label("Verificado").check()
    page.locator("#lugar-4").get_by_role("button", name="Guardar Documento 4").click()
    expect(page.locator("#avance")).to_have_text("3 de 8 revisados")
    assert [d.renglon for d in tomada.veredictos.get().vistos.all()] == [4]


def test_sin_guion_no_se_decide_viendo_otro(abrir, analista, tomada):
    """It is refused once, with its own file on view and what was chosen kept."""
    page = entrar(abrir, analista, javascript=False)
    page.goto(reverse("revision", args=[tomada.numero]))
    page.locator("#lugar-4 > summary").click()
    expect(page.locator("#lugar-4").get_by_role("link", name="Ver el documento 4")).to_be_visible()
    page.locator("#lugar-4").get_by_label("Verificado").check()
    page.locator("#lugar-4").get_by_role("button", name="Guardar Documento 4").click()
    assert not tomada.veredictos.exists()
    expect(page.locator("#visor figcaption b")).to_contain_text("4. ")
    expect(page.locator("#lugar-4").get_by_label("Verificado")).to_be_checked()
    page.locator("#lugar-4").get_by_role("button", name="Guardar Documento 4").click()
    assert tomada.veredictos.get().renglon == 4
