"""One step open in two places, in real browsers: with script only what was touched travels."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.accesibilidad import revisar
from tests.tramites import escenas
from tramites.models import Gestion

from . import pasos

PASO_3 = re.compile(r"^Paso 3 de 7")
GUARDADO = re.compile(r"^Guardado a las \d\d:\d\d\.")


@pytest.fixture
def gestion(servidor: str) -> Gestion:
    gestion = escenas.nueva(pasos.persona())
    escenas.guardar(gestion, "datos-generales")
    return gestion


@pytest.fixture
def dos(abrir: Callable[..., Page], gestion) -> Callable[..., tuple[Page, Page]]:
    """A PC and a telephone on step 2 before anything is saved in it."""

    def _dos(*, javascript: bool = True) -> tuple[Page, Page]:
        paginas = [
            abrir(javascript=javascript),
            abrir(javascript=javascript, viewport={"width": 360, "height": 740}),
        ]
        for pagina in paginas:
            pasos.entrar(pagina, gestion.solicitante).goto(pasos.ruta_paso(gestion, "beneficiario"))
        return paginas[0], paginas[1]

    return _dos


def valores(gestion: Gestion) -> dict[str, str]:
    return gestion.respuestas.get(paso="beneficiario").valores


def escribir(pagina: Page, rotulo: str, texto: str) -> None:
    """Type, and wait until it saved itself."""
    pagina.get_by_label(rotulo).fill(texto)
    expect(pagina.locator("[data-guardado]")).to_have_text(GUARDADO)


def test_el_telefono_no_vacia_lo_que_guardo_la_pc(dos, gestion):
    """B0, S24: each autosave sends its own; what moved elsewhere is said and shown."""
    pc, telefono = dos()
    escribir(pc, "Dirección de residencia", "4a. calle 2-18")
    enviado = []
    telefono.on("request", lambda r: enviado.append(r.post_data or ""))
    escribir(telefono, "Profesión u oficio", "MAESTRA")
    (cuerpo,) = [e for e in enviado if "autoguardar" in e]
    assert 'name="profesion"' in cuerpo
    assert 'name="direccion"' not in cuerpo
    assert valores(gestion)["direccion"] == "4a. calle 2-18"
    assert valores(gestion)["profesion"] == "MAESTRA"
    expect(telefono.locator("[data-guardado]")).to_contain_text(
        "Otra pestaña cambió: Dirección de residencia"
    )
    expect(telefono.get_by_label("Dirección de residencia")).to_have_value("4a. calle 2-18")
    pc.get_by_label("Género").select_option(label="Femenino")
    pasos.continuar(pc)
    expect(pc).to_have_title(PASO_3)
    assert valores(gestion)["profesion"] == "MAESTRA"
    assert valores(gestion)["genero"]


def test_lo_escrito_en_las_dos_se_dice_junto_al_campo_y_se_elige(dos, gestion):
    """mensajes.md §4: both texts are kept; nothing else stops saving itself meanwhile."""
    pc, telefono = dos()
    escribir(pc, "Dirección de residencia", "4a. calle 2-18")
    telefono.get_by_label("Género").select_option(label="Femenino")
    telefono.get_by_label("Dirección de residencia").fill("OTRA CALLE")
    nota = telefono.get_by_text("Otra pestaña guardó aquí: 4a. calle 2-18. Presione «Continuar» para elegir.")
    expect(nota).to_be_visible()
    expect(telefono.get_by_label("Dirección de residencia")).to_have_value("OTRA CALLE")
    revisar(telefono)
    telefono.get_by_label("Profesión u oficio").fill("MAESTRA")
    with telefono.expect_response(lambda r: r.request.method == "POST"):
        pass
    assert valores(gestion)["profesion"] == "MAESTRA"
    assert valores(gestion)["direccion"] == "4a. calle 2-18"
    pasos.continuar(telefono)
    elegir(telefono, gestion)


def test_sin_javascript_tambien_se_elige(dos, gestion):
    """The same page without script: nothing that either typed is lost."""
    pc, telefono = dos(javascript=False)
    pc.get_by_label("Género").select_option(label="Femenino")
    pc.get_by_label("Dirección de residencia").fill("4a. calle 2-18")
    pasos.continuar(pc)
    expect(pc).to_have_title(PASO_3)
    telefono.get_by_label("Género").select_option(label="Femenino")
    telefono.get_by_label("Dirección de residencia").fill("OTRA CALLE")
    telefono.get_by_label("Profesión u oficio").fill("MAESTRA")
    pasos.continuar(telefono)
    elegir(telefono, gestion)
    assert valores(gestion)["profesion"] == "MAESTRA"


def elegir(pagina: Page, gestion: Gestion) -> None:
    """Keep what was typed here, on the page that shows both."""
    expect(pasos.titulo(pagina)).to_have_text("Esta Gestión cambió")
    expect(pagina.get_by_label("Lo que está guardado: 4a. calle 2-18")).to_be_visible()
    pagina.get_by_label("Lo que escribió: OTRA CALLE").check()
    pasos.continuar(pagina)
    expect(pagina).to_have_title(PASO_3)
    assert valores(gestion)["direccion"] == "OTRA CALLE"
