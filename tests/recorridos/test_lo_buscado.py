"""What is searched never shows in the browser's address; a file that is lost says so where it would be."""

import shutil

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from playwright.sync_api import Page, expect

from cuentas.models import Usuario
from tests.accesibilidad import revisar
from tests.fabricas import PersonalFactory
from tests.recorridos import pasos
from tests.tramites import escenas

ANCHOS = (360, 1280)


def en_los_dos_anchos(page: Page) -> None:
    for ancho in ANCHOS:
        page.set_viewport_size({"width": ancho, "height": 900})
        revisar(page)


@pytest.mark.parametrize("pagina", [True, False], indirect=True, ids=["con_js", "sin_js"])
def test_administracion_busca_y_vuelve_sin_que_se_vea(pagina, transactional_db):
    """S43: the search, its filters and Back."""
    quien = pasos.analista(papel=Usuario.Papel.ADMINISTRACION)
    PersonalFactory(primer_nombre="MARTA", primer_apellido="QUISQUINAY")
    pagina.goto("/cuenta/ingresar/")
    pasos.dar_clave(pagina, quien.email)
    pagina.goto("/admin/cuentas/usuario/")
    pagina.locator("#searchbar").fill("quisquinay")
    pagina.locator("#changelist-search input[type=submit]").click()
    expect(pagina.locator("#result_list tbody tr")).to_have_count(1)
    expect(pagina.locator("#searchbar")).to_have_value("quisquinay")
    assert "quisquinay" not in pagina.url
    pagina.locator("#result_list tbody a").first.click()
    assert "quisquinay" not in pagina.url
    pagina.go_back()
    expect(pagina.locator("#result_list tbody tr")).to_have_count(1)


def test_un_archivo_que_no_esta_lo_dice_en_su_pagina_y_en_el_visor(pagina, transactional_db):
    """The owner reads what to do; the desk sees the words where the page would be."""
    persona, ana = pasos.persona(), pasos.analista()
    gestion = escenas.tomada(persona, ana)
    shutil.rmtree(default_storage.path(f"gestiones/{gestion.numero}"))
    pasos.entrar(pagina, persona)
    pagina.goto(reverse("documento", args=[gestion.numero, gestion.documentos_vigentes[0].pk]))
    expect(pasos.titulo(pagina)).to_have_text("No podemos abrir este archivo")
    en_los_dos_anchos(pagina)
    pagina.get_by_role("link", name="Volver a la Gestión").click()
    pagina.get_by_role("button", name="Cerrar sesión").first.click()
    pasos.entrar_a_la_mesa(pagina, ana)
    pagina.goto(reverse("revision", args=[gestion.numero]))
    imagen = pagina.locator("#visor img")
    expect(imagen).to_be_visible()
    assert imagen.evaluate("i => i.decode().then(() => i.naturalWidth)") == 1236


@pytest.mark.parametrize("pagina", [True, False], indirect=True, ids=["con_js", "sin_js"])
def test_la_persona_filtra_sus_solicitudes_por_una_fecha(pagina, transactional_db):
    """C4: typed as it may be."""
    persona = pasos.persona()
    gestion = escenas.nueva(persona)
    pasos.entrar(pagina, persona)
    pagina.goto("/solicitudes/")
    pagina.get_by_role("searchbox", name="Filtro").fill(f"{gestion.fecha_ingreso:%d%m%Y}")
    pagina.get_by_role("button", name="Buscar").click()
    expect(pagina.locator("tbody tr")).to_have_count(1)
    assert f"{gestion.fecha_ingreso:%d%m%Y}" not in pagina.url
    pagina.get_by_role("searchbox", name="Filtro").fill("22 de mayo de 2001")
    pagina.get_by_role("button", name="Buscar").click()
    expect(pagina.get_by_text("No encontramos solicitudes")).to_be_visible()
