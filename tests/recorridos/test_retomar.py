"""Leave half-way and go on elsewhere: nothing typed is ever lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.tramites import escenas
from tramites.models import Gestion

from . import pasos

CERRADA = "Su sesión se cerró por seguridad. Ingrese otra vez; lo que escribió está guardado."
TELEFONO_MAL = "Escriba los 8 números de su teléfono, por ejemplo 5555-1234."


@pytest.fixture
def gestion(servidor: str) -> Gestion:
    """A draft whose step 1 is done."""
    gestion = escenas.nueva(pasos.persona())
    escenas.guardar(gestion, "datos-generales")
    return gestion


@pytest.fixture
def en_paso_2(abrir: Callable[..., Page], gestion: Gestion) -> Callable[..., Page]:
    """Another browser, where its owner has signed in and come to step 2 by the Tablero."""

    def _abrir(**opciones) -> Page:
        page = pasos.entrar(abrir(**opciones), gestion.solicitante)
        page.get_by_role("link", name="Continuar la Gestión").click()
        expect(page).to_have_title("Paso 2 de 7: Datos del Beneficiario · ONSEC")
        return page

    return _abrir


@pytest.mark.parametrize("javascript", [True, False], ids=["con JavaScript", "sin JavaScript"])
def test_lo_que_se_salio_a_medias_y_con_errores_sigue_en_otro_navegador(en_paso_2, javascript: bool):
    """B0: a wrong draft is kept as typed; «Salir y seguir después» asks for nothing."""
    page = en_paso_2(javascript=javascript)
    page.get_by_label("Número telefónico").fill("55")
    page.get_by_label("Depto. de nacimiento").select_option(label="Quetzaltenango")
    page.get_by_label("Primer apellido").fill("")
    pasos.boton(page, "Salir y seguir después").click()
    expect(page.get_by_text("Guardamos lo que escribió.")).to_be_visible()

    otro = en_paso_2(javascript=javascript)
    expect(otro.get_by_label("Número telefónico")).to_have_value("55")
    expect(otro.get_by_label("Depto. de nacimiento")).to_have_value("09")
    expect(otro.get_by_label("Primer apellido")).to_have_value("")
    pasos.continuar(otro)
    expect(pasos.resumen(otro).get_by_role("link")).to_have_text(
        ["Escriba su primer apellido.", "Elija su género.", TELEFONO_MAL]
    )


def test_lo_tecleado_se_guarda_solo_y_aparece_en_otro_navegador(en_paso_2):
    """B0: with script, without pressing anything."""
    page = en_paso_2()
    page.get_by_label("Profesión u oficio").fill("MAESTRA DE PRIMARIA")
    page.get_by_label("Número telefónico").fill("5555-12")
    expect(page.get_by_text("Guardado a las")).to_be_visible()
    page.close()

    otro = en_paso_2()
    expect(otro.get_by_label("Profesión u oficio")).to_have_value("MAESTRA DE PRIMARIA")
    expect(otro.get_by_label("Número telefónico")).to_have_value("5555-12")


@pytest.mark.parametrize("javascript", [True, False], ids=["con JavaScript", "sin JavaScript"])
def test_la_sesion_vencida_vuelve_al_mismo_paso_con_lo_escrito(en_paso_2, gestion, javascript: bool):
    """B0: after signing in again the person is where they were, with what they had written last."""
    page = en_paso_2(javascript=javascript)
    page.get_by_label("Profesión u oficio").fill("MAESTRA")
    if javascript:
        expect(page.get_by_text("Guardado a las")).to_be_visible()
    else:
        pasos.continuar(page)  # «Género» is missing: it stays here, saved
        expect(pasos.resumen(page)).to_be_visible()
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Profesión u oficio").fill("OTRA COSA")
    pasos.continuar(page)
    expect(page.get_by_text(CERRADA).first).to_be_visible()

    pasos.dar_clave(page, gestion.solicitante.cui)
    expect(page).to_have_title("Paso 2 de 7: Datos del Beneficiario · ONSEC")
    expect(page.get_by_label("Profesión u oficio")).to_have_value("OTRA COSA")
