"""From nothing to «Solicitud Recibida»: what the portal is for, on a telephone and without script."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests import fabricas
from tests.papeles import muestras
from tests.tramites import escenas
from tramites.models import Envio, Gestion

from . import pasos

MODOS = {
    "con JavaScript, a 360 px": {"javascript": True, "viewport": {"width": 360, "height": 780}},
    "sin JavaScript, a 1280 px": {"javascript": False, "viewport": {"width": 1280, "height": 900}},
}
CUI = fabricas.cui(900)
CORREO = "rosalinda.tzoc@demo.gt"


@pytest.fixture(params=MODOS.values(), ids=MODOS.keys())
def page(abrir: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    return abrir(**request.param)


@pytest.fixture
def papeles(tmp_path: Path) -> dict[int, list[Path]]:
    """Real PDFs for the renglones 2 to 6; the form goes in the 1."""
    contenidos = {
        2: {"Certificación de nacimiento, año 2026 (Ñandú).pdf": escenas.pdf(2)},
        3: {"dpi-escaneado.pdf": muestras.escaneo(2)},
        4: {"antecedentes.pdf": escenas.pdf(1, 604)},
        5: {"servicios-educación.pdf": escenas.pdf(7, 605), "servicios-salud.pdf": escenas.pdf(1, 606)},
        6: {"dictamen.pdf": escenas.pdf(3, 607)},
    }
    for archivos in contenidos.values():
        for nombre, contenido in archivos.items():
            (tmp_path / nombre).write_bytes(contenido)
    return {renglon: [tmp_path / nombre for nombre in archivos] for renglon, archivos in contenidos.items()}


def test_de_la_cuenta_a_la_solicitud_recibida(page: Page, papeles, ruta_correos: Path, tmp_path: Path):
    """A1, A2, A3, A4, A5, A6, A7, B0, B1.1, B2.2, B2.6, B3.1, B4.1, B5.2, B6.1, B6.3, B6.6, B7.1, B7.2,
    B7.4, B7.6, B7.7, C2, C7, C8, D2: the whole road, each page reached by its own buttons and links.
    """
    registrarse(page)
    confirmar(page)
    ingresar(page)
    leer_aviso(page, "Su cuenta del portal CEO está lista")
    numero = abrir_gestion(page)
    llenar_pasos(page)
    formulario = descargar_formulario(page, numero, tmp_path)
    subir_documentos(page, {1: [formulario], **papeles})
    enviar(page, numero)
    seguir(page, numero, tmp_path)
    assert pasos.correo(page, f"Gestión No. {numero}: recibida")["To"] == CORREO
    leer_aviso(page, f"Gestión No. {numero}: recibida")
    assert Envio.objects.filter(gestion=numero).count() == 1


def registrarse(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Crear cuenta").first.click()
    for rotulo, texto in {
        "CUI (número de DPI)": f"{CUI[:4]} {CUI[4:9]} {CUI[9:]}",
        "Fecha de nacimiento": "14-03-1968",
        "Primer nombre": "Rosalinda",
        "Primer apellido": "Tzoc",
        "Segundo apellido": "Barrera",
        "Correo electrónico": CORREO,
        "Contraseña": pasos.CLAVE,
        "Repita la contraseña": pasos.CLAVE,
    }.items():
        page.get_by_label(re.compile(rf"^{re.escape(rotulo)} ?\*?( \(obligatorio\))?$")).fill(texto)
    for casilla in (
        "He leído y acepto los términos de uso y condiciones",
        "He leído el aviso de privacidad",
        "Declaro que sé leer y escribir",
    ):
        page.get_by_label(casilla).check()
    pasos.boton(page, "Crear cuenta").click()
    expect(page.get_by_text(f"Le enviamos un correo a {CORREO}.")).to_be_visible()


def confirmar(page: Page) -> None:
    page.goto(pasos.enlace_de(pasos.correo(page, "Confirme su correo en el portal CEO")))
    pasos.boton(page, "Confirmar").click()


def ingresar(page: Page) -> None:
    page.goto("/cuenta/ingresar/")
    pasos.dar_clave(page, f"{CUI[:4]} {CUI[4:9]} {CUI[9:]}")
    expect(pasos.titulo(page)).to_have_text("Tablero")


def leer_aviso(page: Page, asunto: str) -> None:
    """Mis Notificaciones says 1, and nothing once it has been read."""
    pasos.menu(page, re.compile(r"Mis Notificaciones.*1 sin leer")).click()
    expect(page.get_by_text("Sin leer", exact=True)).to_have_count(1)
    page.get_by_role("link", name=asunto, exact=True).click()
    expect(pasos.titulo(page)).to_have_text(asunto)
    expect(page.locator(".distintivo")).to_have_count(0)


def abrir_gestion(page: Page) -> int:
    pasos.menu(page, "Invalidez").click()
    expect(page.get_by_text("INVALIDEZ POR ENFERMEDAD")).to_be_visible()
    expect(pasos.boton(page, "+ Nueva Solicitud")).to_have_count(0)
    pasos.boton(page, "Aceptar").click()
    pasos.boton(page, "+ Nueva Solicitud").click()
    expect(pasos.titulo(page)).to_have_text("FORMULARIO DE SOLICITUD DE PENSIÓN CIVIL POR INVALIDEZ")
    return Gestion.objects.get(solicitante__cui=CUI).numero


def llenar_pasos(page: Page) -> None:
    expect(page.get_by_label("Primer apellido")).to_have_value("TZOC")
    pasos.continuar(page)
    expect(page.get_by_label("Segundo apellido")).to_have_value("BARRERA")
    expect(page.get_by_label("Correo electrónico")).to_have_value(CORREO)
    pasos.llenar_beneficiario(page)
    pasos.continuar(page)
    expect(pasos.titulo(page)).to_have_text("DECLARO BAJO JURAMENTO QUE")
    pasos.jurar(page)
    pasos.continuar(page)
    expect(pasos.titulo(page)).to_have_text("ACTA DE RATIFICACIÓN")
    expect(page.get_by_text("YO: ROSALINDA TZOC BARRERA me identifico")).to_be_visible()
    pasos.continuar(page)
    expect(pasos.titulo(page)).to_have_text("QUEDO ENTERADO(A) QUE:")


def descargar_formulario(page: Page, numero: int, destino: Path) -> Path:
    page.get_by_label("CONFIRMO QUE HE LEÍDO ÍNTEGRAMENTE").check()
    boton = pasos.boton(page, "Guardar y Descargar")
    formulario = pasos.guardar_descarga(page, boton.click, destino)
    texto = PdfReader(formulario).pages[0].extract_text()
    assert "TZOC" in texto
    assert f"Gestión No. {numero}" in texto
    return formulario


def subir_documentos(page: Page, papeles: dict[int, list[Path]]) -> None:
    pasos.continuar(page)
    for renglon, archivos in papeles.items():
        fila = page.locator("table.docs tbody").get_by_role("row").nth(renglon - 1)
        fila.get_by_role("link", name=re.compile("^Cargar")).click()
        for archivo in archivos:
            pasos.cargar(page, archivo)
        page.get_by_role("link", name="Volver a los documentos").last.click()
        palabra = "cargado" if len(archivos) == 1 else "cargados"
        expect(fila).to_contain_text(f"Ver {len(archivos)} {palabra}")
    pasos.continuar(page)


def enviar(page: Page, numero: int) -> None:
    expect(pasos.titulo(page)).to_have_text("Validación")
    expect(page.get_by_role("link", name="Certificación de nacimiento, año 2026 (Ñandú).pdf")).to_be_visible()
    pasos.boton(page, "Enviar solicitud").click()
    expect(page.get_by_text("CERTIFICACIÓN DE SOLVENCIA")).to_be_visible()
    pasos.boton(page, "Sí").click()
    expect(pasos.titulo(page)).to_have_text("¡INFORMACIÓN IMPORTANTE!")
    expect(page.locator("main")).to_contain_text(f"Su número de Gestión No. {numero}, ha sido ingresada")
    pasos.boton(page, "Aceptar").click()
    expect(pasos.boton(page, "+ Nueva Solicitud")).to_be_visible()


def seguir(page: Page, numero: int, destino: Path) -> None:
    page.get_by_role("link", name="Seguimiento a Solicitud").click()
    fila = page.get_by_role("row").filter(has_text=f"Gestión No. {numero}")
    expect(fila).to_contain_text("Pensión Civil por Invalidez")
    expect(fila).to_contain_text("Solicitud Recibida")
    expect(page.get_by_text("1 registro", exact=True)).to_be_visible()
    fila.get_by_role("link", name="Ver detalle").click()
    expect(pasos.titulo(page)).to_have_text(f"Gestión No. {numero}")
    expect(page.get_by_role("region", name="Historial").get_by_role("listitem").first).to_contain_text(
        "Envió la solicitud a ONSEC"
    )
    constancia = page.get_by_role("link", name="Constancia de recepción")
    texto = PdfReader(pasos.guardar_descarga(page, constancia.click, destino)).pages[0].extract_text()
    assert f"Gestión No. {numero}" in texto
