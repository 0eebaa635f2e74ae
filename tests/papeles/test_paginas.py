"""What the desk sees of a page is what the person's own reader shows (S7 bounds the child that draws)."""

import io
from pathlib import Path

import pytest
from PIL import Image

from papeles.paginas import Dibujo, dibujar

from .muestras import documento, flujo

CASOS = Path(__file__).parent / "casos"
BLANCO, ROJO, AZUL = (255, 255, 255), (230, 0, 0), (0, 0, 230)
EN_PUNTOS = Dibujo(lado=792)  # a letter page at one pixel a point


def pagina(datos: bytes, dibujo: Dibujo = EN_PUNTOS) -> Image.Image:
    return Image.open(io.BytesIO(dibujar(io.BytesIO(datos), 1, dibujo))).convert("RGB")


def recorte(datos: bytes, izquierda: int, abajo: int, derecha: int, arriba: int) -> Image.Image:
    """That rectangle of the page, in points from the bottom left corner."""
    return pagina(datos).crop((izquierda, 792 - arriba, derecha, 792 - abajo))


def tinta(imagen: Image.Image) -> int:
    """How many of its pixels are dark."""
    return sum(imagen.convert("L").histogram()[:100])


@pytest.mark.parametrize(
    ("campo", "minimo"),
    [((154, 673, 340, 691), 300), ((224, 623, 250, 641), 20), ((74, 583, 90, 597), 20)],
    ids=["nombre", "años", "casilla"],
)
def test_lo_escrito_en_un_formulario_se_ve(campo, minimo):
    """The values typed on a computer live in the fields, not on the page."""
    datos = (CASOS / "acro_lleno.pdf").read_bytes()
    assert tinta(recorte(datos, *campo)) > minimo


def test_la_firma_visible_se_ve():
    """A digital signature's appearance is a field too."""
    firma = recorte((CASOS / "firmado.pdf").read_bytes(), 302, 102, 498, 158)
    azules = sum(azul > 150 and rojo < 90 for rojo, _, azul in firma.get_flattened_data())
    assert azules > 0.8 * firma.width * firma.height


def sello(color: tuple[int, int, int]) -> bytes:
    """The appearance of an annotation of 100 by 40 points, all of that colour."""
    pinta = b"%.3f %.3f %.3f rg 0 0 100 40 re f" % tuple(c / 255 for c in color)
    return flujo(pinta, b"/Type/XObject/Subtype/Form/BBox[0 0 100 40]/Resources<<>>")


def anotada(entradas: bytes, formulario: bytes = b"/AcroForm<</Fields[4 0 R]>>") -> bytes:
    anotacion = b"<</Type/Annot/Rect[100 600 200 640]/P 3 0 R%s>>" % entradas
    return documento(
        formulario, b"/Annots[4 0 R]/Resources<<>>", {4: anotacion, 5: sello(ROJO), 6: sello(AZUL)}
    )


FIRMA = b"/Subtype/Widget/FT/Sig/T(f)/AP<</N 5 0 R>>"
SELLO = b"/Subtype/Stamp/AP<</N 5 0 R>>"
CASILLA = b"/Subtype/Widget/FT/Btn/T(c)/F 4/AP<</N<</Si 5 0 R/Off 6 0 R>>>>"
SE_VEN = {
    "firma": (anotada(FIRMA + b"/F 132"), ROJO),
    "firma_fuera_de_la_lista_de_campos": (anotada(FIRMA + b"/F 4", b"/AcroForm<</Fields[]>>"), ROJO),
    "firma_sin_formulario": (anotada(FIRMA + b"/F 4", b""), ROJO),
    "firma_oculta": (anotada(FIRMA + b"/F 2"), BLANCO),
    "firma_que_no_es_de_pantalla": (anotada(FIRMA + b"/F 36"), BLANCO),
    "oculta_y_sin_formulario": (anotada(FIRMA + b"/F 2", b""), BLANCO),
    "casilla_marcada": (anotada(CASILLA + b"/V/Si/AS/Si"), ROJO),
    "casilla_sin_marcar": (anotada(CASILLA + b"/V/Off/AS/Off"), AZUL),
    "sello": (anotada(SELLO + b"/F 4", b""), ROJO),
    "sello_oculto": (anotada(SELLO + b"/F 2", b""), BLANCO),
    "sello_que_no_es_de_pantalla": (anotada(SELLO + b"/F 32", b""), BLANCO),
}


@pytest.mark.parametrize(("datos", "color"), SE_VEN.values(), ids=SE_VEN)
def test_las_anotaciones_se_ven_como_en_un_lector(datos, color):
    """Those that are hidden, or not of the screen, stay unseen."""
    visto = pagina(datos).getpixel((150, 792 - 620))
    assert max(abs(a - b) for a, b in zip(visto, color, strict=True)) < 12


@pytest.mark.parametrize("pide", [b"/NeedAppearances true", b""], ids=["lo_pide", "no_lo_pide"])
@pytest.mark.parametrize("clase", [b"/FT/Tx", b"/FT/Ch/Ff 131072/Opt[(MMMM)(x)]"], ids=["texto", "lista"])
def test_un_campo_sin_apariencia_se_dibuja_con_su_valor(clase, pide):
    """Many programs leave the drawing of what was typed to the reader."""
    campo = b"/Subtype/Widget/T(c)/F 4/V(MMMM)/DA(/Helv 24 Tf 0 g)" + clase
    lleno = anotada(campo, b"/AcroForm<</Fields[4 0 R]/DA(/Helv 0 Tf 0 g)%s>>" % pide)
    # What is to the right is the arrow of a list.
    con, sin = (
        tinta(recorte(datos, 102, 602, 180, 638)) for datos in (lleno, lleno.replace(b"/V(MMMM)", b""))
    )
    assert con > 150
    assert sin < 20
