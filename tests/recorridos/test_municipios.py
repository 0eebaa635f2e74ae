"""Department and municipality of birth: helped by script, held by the server."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.tramites import escenas
from tramites.models import Gestion

from . import pasos

AJENO = "Ese municipio no es del departamento elegido. Elija de nuevo."


@pytest.fixture
def gestion(servidor: str) -> Gestion:
    gestion = escenas.nueva(pasos.persona())
    escenas.guardar(gestion, "datos-generales")
    return gestion


def abrir_paso_2(page: Page, gestion: Gestion) -> tuple[Locator, Locator]:
    page.goto(pasos.ruta_paso(gestion, "beneficiario"))
    return page.get_by_label("Depto. de nacimiento"), page.get_by_label("Municipio de nacimiento")


def grupos(municipio: Locator) -> list[str]:
    return municipio.locator("optgroup").evaluate_all("grupos => grupos.map(g => g.label)")


def test_con_script_solo_se_ofrecen_los_del_departamento(pagina: Page, gestion):
    """B2.4: it filters, changing the department clears, and the saved pair comes back filtered."""
    pasos.entrar(pagina, gestion.solicitante)
    departamento, municipio = abrir_paso_2(pagina, gestion)
    departamento.select_option(label="Quetzaltenango")
    assert grupos(municipio) == ["Quetzaltenango"]
    municipio.select_option(label="Almolonga")
    departamento.select_option(label="Petén")
    expect(municipio).to_have_value("")
    assert grupos(municipio) == ["Petén"]
    municipio.select_option(label="Flores")
    pasos.boton(pagina, "Salir y seguir después").click()
    expect(pagina.get_by_text("Guardamos lo que escribió.")).to_be_visible()
    departamento, municipio = abrir_paso_2(pagina, gestion)
    expect(municipio).to_have_value("1701")
    assert grupos(municipio) == ["Petén"]


def test_sin_script_estan_los_340_agrupados_y_el_servidor_revisa_la_pareja(pagina_sin_js: Page, gestion):
    """B2.1, B2.4: one list in 22 groups; a wrong pair is told and what was chosen stays."""
    pasos.entrar(pagina_sin_js, gestion.solicitante)
    departamento, municipio = abrir_paso_2(pagina_sin_js, gestion)
    assert municipio.locator("option").first.inner_text() == "[Seleccione algún valor]"
    assert municipio.locator("optgroup option").count() == 340
    assert grupos(municipio) == departamento.locator("option").all_inner_texts()[1:]
    pasos.llenar_beneficiario(pagina_sin_js)
    departamento.select_option(label="Petén")
    pasos.continuar(pagina_sin_js)
    expect(pasos.resumen(pagina_sin_js).get_by_role("link")).to_have_text([AJENO])
    expect(municipio).to_have_attribute("aria-invalid", "true")
    expect(departamento).to_have_value("17")
    expect(municipio).to_have_value("0913")
    departamento.select_option(label="Quetzaltenango")
    pasos.continuar(pagina_sin_js)
    expect(pasos.titulo(pagina_sin_js)).to_have_text("DECLARO BAJO JURAMENTO QUE")
