"""The seven steps without a mouse: focus always visible, never trapped, in the order of the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.tramites import escenas
from tramites.models import Gestion

from . import pasos

# What the focused element looks like: how wide its outline is, and whether it can be seen.
FOCO = """() => {
  const e = document.activeElement, estilo = getComputedStyle(e), caja = e.getBoundingClientRect();
  const arriba = document.elementFromPoint(caja.x + caja.width / 2, caja.y + caja.height / 2);
  return {
    que: e.outerHTML.slice(0, 160),
    ancho: estilo.outlineStyle === "none" ? 0 : parseFloat(estilo.outlineWidth),
    visible: Boolean(arriba) && (e.contains(arriba) || arriba.contains(e)),
  };
}"""
# Where Tab should stop, in the order of the document; of a group of radios, only at the chosen one.
PARADAS = """() => {
  const todos = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
  const paradas = todos.filter((e) => {
    if (e.type === "hidden" || e.disabled || !e.checkVisibility({visibilityProperty: true})) return false;
    if (e.type !== "radio") return true;
    const grupo = [...e.form.elements[e.name]];
    return e === (grupo.find((radio) => radio.checked) ?? grupo[0]);
  });
  paradas.forEach((e, n) => (e.dataset.parada = n));
  return paradas.length;
}"""
PARADA = "Number(document.activeElement.dataset.parada ?? -1)"
MAXIMO = 80
DOCUMENTOS = "DOCUMENTOS PARA LA SOLICITUD DE PENSIÓN CIVIL POR INVALIDEZ"


@pytest.fixture
def gestion(servidor: str) -> Gestion:
    return escenas.nueva(pasos.persona())


@pytest.fixture
def entrada(pagina: Page, gestion: Gestion) -> Page:
    """The owner's browser, in step 1."""
    pasos.entrar(pagina, gestion.solicitante).goto(pasos.ruta_paso(gestion, "datos-generales"))
    return pagina


def tabular(page: Page, tecla: str = "Tab") -> None:
    """Move the focus once; wherever it lands it must show."""
    page.keyboard.press(tecla)
    foco = page.evaluate(FOCO)
    assert foco["ancho"] >= 2, f"foco sin contorno: {foco['que']}"
    assert foco["visible"], f"foco tapado: {foco['que']}"


def hasta(page: Page, destino: Locator) -> None:
    """Tab until there; the test fails if the way does not lead to it."""
    for _ in range(MAXIMO):
        if destino.evaluate("e => e === document.activeElement"):
            return
        tabular(page)
    raise AssertionError(f"No se llega con el tabulador a {destino}")


def pulsar(page: Page, destino: Locator) -> None:
    hasta(page, destino)
    page.keyboard.press("Enter")


def saltar(page: Page) -> None:
    """Skip the sidebar, as who has no mouse does on every page."""
    tabular(page)
    expect(page.get_by_role("link", name="Saltar al contenido")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def continuar(page: Page, titulo: str) -> None:
    pulsar(page, pasos.boton(page, "Continuar"))
    expect(pasos.titulo(page)).to_have_text(titulo)


def test_los_siete_pasos_solo_con_el_teclado(entrada: Page, gestion: Gestion, tmp_path: Path):
    """B0, B2.1, B3.1, B5.2, B6.1, B7.1, B7.2, B7.7: Tab, Shift-Tab, Enter, Space and arrows, to the end."""
    page = entrada
    saltar(page)
    continuar(page, "I. DATOS GENERALES DEL(A) SERVIDOR(A) PÚBLICO(A) QUE SOLICITA")
    beneficiario(page)
    juramento(page)
    saltar(page)
    continuar(page, "QUEDO ENTERADO(A) QUE:")
    formulario = enterado(page, tmp_path)
    documentos(page, gestion, formulario)
    enviar(page)
    gestion.refresh_from_db()
    assert gestion.recibida_en


def beneficiario(page: Page) -> None:
    """The error takes the focus; its link takes it to the field; the arrows choose."""
    saltar(page)
    pulsar(page, pasos.boton(page, "Continuar"))
    expect(pasos.resumen(page)).to_be_focused()
    pulsar(page, pasos.resumen(page).get_by_role("link", name="Elija su género."))
    genero = page.get_by_label("Género")
    expect(genero).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(genero).to_have_value("M")
    tabular(page, "Shift+Tab")
    expect(page.get_by_label("Tercer nombre")).to_be_focused()
    hasta(page, page.get_by_label("Profesión u oficio"))
    page.keyboard.type("Maestra")
    continuar(page, "DECLARO BAJO JURAMENTO QUE")


def juramento(page: Page) -> None:
    saltar(page)
    for numero in range(1, 7):
        opciones = pasos.pregunta(page, numero).get_by_role("radio")
        hasta(page, opciones.first)
        page.keyboard.press("Space")
        expect(opciones.first).to_be_checked()
        if numero != 3:
            page.keyboard.press("ArrowDown")
            expect(opciones.last).to_be_checked()
    # Back to the third question's detail, the only one asked for.
    while not page.get_by_label("Dependencia o Entidad", exact=True).evaluate(
        "e => e === document.activeElement"
    ):
        tabular(page, "Shift+Tab")
    page.keyboard.type("Ministerio de Salud")
    continuar(page, "ACTA DE RATIFICACIÓN")


def enterado(page: Page, destino: Path) -> Path:
    saltar(page)
    hasta(page, page.get_by_label("CONFIRMO QUE HE LEÍDO ÍNTEGRAMENTE"))
    page.keyboard.press("Space")
    boton = pasos.boton(page, "Guardar y Descargar")
    formulario = pasos.guardar_descarga(page, lambda: pulsar(page, boton), destino)
    continuar(page, DOCUMENTOS)
    return formulario


def documentos(page: Page, gestion: Gestion, formulario: Path) -> None:
    """Two files by hand, the other renglones already there; «Cargar» opens on the file field."""
    for renglon in (3, 4, 5, 6):
        escenas.adjuntar(gestion, renglon)
    nacimiento = formulario.with_name("nacimiento.pdf")
    nacimiento.write_bytes(escenas.pdf())
    for renglon, archivo in ((1, formulario), (2, nacimiento)):
        saltar(page)
        pulsar(page, page.locator("table.docs tbody tr").nth(renglon - 1).get_by_role("link", name="Cargar"))
        campo = page.get_by_label("Archivo PDF")
        expect(campo).to_be_focused()
        campo.set_input_files(archivo)
        pulsar(page, pasos.boton(page, "Cargar archivo"))
        expect(page.get_by_role("status").filter(has_text=f"Se cargó {archivo.name}.")).to_be_focused()
        pulsar(page, page.get_by_role("link", name="Volver a los documentos").last)
        expect(pasos.titulo(page)).to_have_text(DOCUMENTOS)
    saltar(page)
    continuar(page, "Validación")


def enviar(page: Page) -> None:
    saltar(page)
    pulsar(page, pasos.boton(page, "Enviar solicitud"))
    expect(pasos.titulo(page)).to_have_text("¿Desea enviar la solicitud ahora?")
    saltar(page)
    pulsar(page, pasos.boton(page, "Sí"))
    expect(pasos.titulo(page)).to_have_text("¡INFORMACIÓN IMPORTANTE!")
    saltar(page)
    pulsar(page, pasos.boton(page, "Aceptar"))
    expect(pasos.boton(page, "+ Nueva Solicitud")).to_be_visible()


@pytest.mark.parametrize("ancho", [320, 1280])
def test_el_foco_recorre_cada_pagina_en_su_orden_y_sale(
    abrir: Callable[..., Page], servidor: str, ancho: int
):
    """A5, B6.1; WCAG 2.1.2, 2.4.3, 2.4.7, 2.4.11: forward to the end of the page and back."""
    gestion = escenas.con_archivos(pasos.persona())
    page = pasos.entrar(abrir(viewport={"width": ancho, "height": 800}), gestion.solicitante)
    for ruta in (
        "/tablero/",
        pasos.ruta_paso(gestion, "beneficiario"),
        pasos.ruta_paso(gestion, "juramento"),
        pasos.ruta_paso(gestion, "documentos"),
        pasos.ruta_archivos(gestion, 2),
        "/solicitudes/",
    ):
        page.goto(ruta)
        total = page.evaluate(PARADAS)
        ida = [parada(page, "Tab") for _ in range(total)]
        vuelta = [parada(page, "Shift+Tab") for _ in range(total - 1)]
        assert ida == list(range(total)), ruta
        assert vuelta == ida[-2::-1], ruta


def parada(page: Page, tecla: str) -> int:
    tabular(page, tecla)
    return page.evaluate(PARADA)
