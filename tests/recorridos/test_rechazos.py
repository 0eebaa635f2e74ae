"""What goes wrong on the way, told in its own sentence and without losing the rest."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from notificaciones.models import Notificacion
from tests.papeles import muestras
from tests.tramites import escenas
from tramites.models import Envio, Gestion

from . import pasos

CON_Y_SIN = pytest.mark.parametrize("pagina", [True, False], indirect=True, ids=["con JavaScript", "sin"])
GUARDADOS = "Sus otros archivos siguen guardados."
MALOS = {
    "notas.pdf": (
        b"hola",
        "El archivo no es un PDF, aunque su nombre lo diga. Guárdelo o escanéelo como PDF.",
    ),
    "foto.pdf": (
        muestras.imagen("JPEG"),
        "El archivo es una foto. Conviértala en PDF y cárguela de nuevo.",
    ),
    "vacío.pdf": (b"", "El archivo está vacío. Elija otro o vuelva a guardarlo como PDF."),
    "grande.pdf": (
        b"%PDF-1.7\n" + bytes(12 << 20),
        "El archivo pesa 12 MB y el máximo es 10 MB. Divídalo en dos PDF o escanéelo con menor calidad.",
    ),
    "con clave.pdf": (
        muestras.cifrado(usuario="secreta", version=6, aes=True),
        "El PDF pide una contraseña para abrirse. Guarde una copia sin contraseña y cárguela.",
    ),
}


@pytest.fixture
def gestion(servidor: str) -> Gestion:
    """A draft in step 6 with one file in the renglón 2."""
    gestion = escenas.hasta_documentos(pasos.persona())
    escenas.adjuntar(gestion, 2, nombre="nacimiento.pdf")
    return gestion


@pytest.fixture
def ventana(pagina: Page, gestion: Gestion) -> Page:
    """The files window of the renglón 2, in its owner's browser."""
    pasos.entrar(pagina, gestion.solicitante).goto(pasos.ruta_archivos(gestion, 2))
    return pagina


@pytest.fixture
def bueno(tmp_path: Path) -> Path:
    ruta = tmp_path / "certificación.pdf"
    ruta.write_bytes(escenas.pdf())
    return ruta


@CON_Y_SIN
def test_cada_archivo_rechazado_dice_por_que_y_no_toca_los_demas(ventana: Page, tmp_path, bueno: Path):
    """B6.4: one cause, one sentence, in the summary and beside the field; then a good one enters."""
    for nombre, (contenido, motivo) in MALOS.items():
        (tmp_path / nombre).write_bytes(contenido)
        pasos.elegir(ventana, tmp_path / nombre)
        frase = f"No se cargó {nombre}. {motivo} {GUARDADOS}"
        expect(pasos.resumen(ventana).get_by_role("link")).to_have_text([frase])
        expect(ventana.locator("#error_archivo")).to_have_text(f"Error: {frase}")
        expect(ventana).to_have_title(re.compile("^Error: "))
        expect(ventana.get_by_role("link", name="nacimiento.pdf", exact=True)).to_be_visible()
    pasos.cargar(ventana, bueno)
    expect(ventana.get_by_role("row")).to_have_count(3)


@CON_Y_SIN
def test_sin_elegir_archivo_se_dice_que_hacer(ventana: Page):
    """B6.4."""
    pasos.boton(ventana, "Cargar archivo").click()
    frase = f"Elija un archivo PDF y luego presione «Cargar archivo». {GUARDADOS}"
    expect(pasos.resumen(ventana).get_by_role("link")).to_have_text([frase])


def test_si_se_corta_la_conexion_se_puede_reintentar_sin_elegir_otra_vez(ventana: Page, gestion, bueno: Path):
    """B6.4: `corte`; the file is still chosen and the same button sends it."""

    def cortar(ruta: Route) -> None:
        if ruta.request.method == "POST":
            ruta.abort("connectionreset")
        else:
            ruta.continue_()

    ventana.route("**/documentos/2/", cortar)
    pasos.elegir(ventana, bueno)
    expect(ventana.get_by_role("alert")).to_have_text(
        "Error: La conexión se cortó. Presione «Cargar archivo» para intentarlo otra vez."
    )
    ventana.unroute("**/documentos/2/")
    pasos.boton(ventana, "Cargar archivo").click()
    expect(ventana.get_by_text("Se cargó certificación.pdf.")).to_be_visible()
    assert gestion.documentos.filter(nombre="certificación.pdf").count() == 1


@CON_Y_SIN
def test_eliminar_se_confirma(ventana: Page):
    """E4: «No» keeps it, «Sí, eliminar» takes it away."""
    archivo = ventana.get_by_role("link", name="nacimiento.pdf", exact=True)
    ventana.get_by_role("link", name="Eliminar nacimiento.pdf").click()
    expect(pasos.titulo(ventana)).to_have_text("¿Desea eliminar nacimiento.pdf?")
    pasos.boton(ventana, "No").click()
    expect(archivo).to_be_visible()
    ventana.get_by_role("link", name="Eliminar nacimiento.pdf").click()
    pasos.boton(ventana, "Sí, eliminar").click()
    expect(ventana.get_by_text("Se eliminó nacimiento.pdf.")).to_be_visible()
    expect(archivo).to_have_count(0)


def test_continuar_nombra_los_documentos_que_faltan(ventana: Page):
    """B6.2, B6.6: the summary takes to each of them."""
    ventana.get_by_role("link", name="Volver a los documentos").last.click()
    pasos.continuar(ventana)
    expect(pasos.resumen(ventana)).to_contain_text(
        "Faltan documentos obligatorios: 1. Formulario de Solicitud"
    )
    expect(pasos.resumen(ventana).get_by_role("link")).to_have_count(5)
    pasos.resumen(ventana).get_by_role("link", name="Cargar el documento 6").click()
    expect(ventana.locator("main")).to_contain_text("6. Dictamen de medicina legal")


def test_lo_ajeno_no_existe(pagina: Page, gestion):
    """C9: another's Gestión and a number that nobody has give the same page, down to the last word."""
    pasos.entrar(pagina, pasos.persona())
    for resto in ("", "paso/documentos/", "documentos/2/", "enviar/", "formulario.pdf", "constancia.pdf"):
        ajena, ninguna = (leer_404(pagina, f"/gestiones/{n}/{resto}") for n in (gestion.numero, 987654))
        assert ajena == ninguna


def leer_404(page: Page, ruta: str) -> str:
    respuesta = page.goto(ruta)
    assert respuesta is not None
    assert respuesta.status == 404
    return re.sub(r"Referencia \w+", "", page.locator("body").inner_text())


@CON_Y_SIN
def test_el_doble_clic_en_si_envia_una_vez(pagina: Page, servidor: str):
    """B7.5, B7.6: one Envio, one notice; opening window 1 again shows window 2."""
    gestion = escenas.con_archivos(pasos.persona())
    pasos.entrar(pagina, gestion.solicitante).goto(f"/gestiones/{gestion.numero}/enviar/")
    pasos.boton(pagina, "Sí").dblclick(no_wait_after=True)
    expect(pasos.titulo(pagina)).to_have_text("¡INFORMACIÓN IMPORTANTE!")
    pagina.goto(f"/gestiones/{gestion.numero}/enviar/")
    expect(pasos.titulo(pagina)).to_have_text("¡INFORMACIÓN IMPORTANTE!")
    assert Envio.objects.filter(gestion=gestion).count() == 1
    assert Notificacion.objects.filter(gestion=gestion.numero).count() == 1


def test_no_conserva_el_borrador(pagina: Page, servidor: str):
    """B7.2: «No» closes the window; nothing was sent and it can be sent later."""
    gestion = escenas.con_archivos(pasos.persona())
    pasos.entrar(pagina, gestion.solicitante).goto(pasos.ruta_paso(gestion, "validacion"))
    pasos.boton(pagina, "Enviar solicitud").click()
    pasos.boton(pagina, "No").click()
    expect(pagina.get_by_text("En Creación").first).to_be_visible()
    assert not Envio.objects.filter(gestion=gestion).exists()
    pagina.get_by_role("link", name="Continuar").click()
    expect(pasos.boton(pagina, "Enviar solicitud")).to_be_visible()


def test_dos_pestanas_que_envian_dejan_un_solo_envio(abrir: Callable[..., Page], servidor: str):
    """B7.5: the second tab says so in words, and nothing is sent twice."""
    gestion = escenas.con_archivos(pasos.persona())
    una = pasos.entrar(abrir(), gestion.solicitante)
    una.goto(f"/gestiones/{gestion.numero}/enviar/")
    otra = una.context.new_page()
    otra.goto(f"/gestiones/{gestion.numero}/enviar/")
    for pestana in (una, otra):
        pasos.boton(pestana, "Sí").click()
    expect(pasos.titulo(una)).to_have_text("¡INFORMACIÓN IMPORTANTE!")
    expect(otra.get_by_text("Su Gestión ya fue enviada. No tiene que hacer nada más.")).to_be_visible()
    assert Envio.objects.filter(gestion=gestion).count() == 1
