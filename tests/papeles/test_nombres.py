"""The names that people's files have."""

import unicodedata

import pytest
from django.utils.http import content_disposition_header
from hypothesis import given
from hypothesis import strategies as st

from papeles.nombres import MAX_LETRAS, SIN_NOMBRE, nombre_de_pdf, nombre_visible

CASOS = {
    "Constancia de España (1).pdf": "Constancia de España (1).pdf",
    unicodedata.normalize("NFD", "Resolución número ñ.pdf"): "Resolución número ñ.pdf",
    "../../etc/passwd": "passwd",
    "C:\\Mis documentos\\acta.pdf": "acta.pdf",
    "factura\u202efdp.exe": "facturafdp.exe",
    "\u2066a\u2069\u200e\u200fb.pdf": "ab.pdf",
    "par\u00adti\u00adda.pdf": "partida.pdf",
    "a\0b.pdf": "ab.pdf",
    "a\r\nSet-Cookie: x.pdf": "a Set-Cookie: x.pdf",
    "a\u2028b.pdf": "a b.pdf",
    'di"go.pdf': 'di"go.pdf',
    "sonrisa 😀.pdf": "sonrisa 😀.pdf",
    "\ud800suelto.pdf": "suelto.pdf",
    "<b>negrita.pdf": "<b>negrita.pdf",
    "": SIN_NOMBRE,
    "   ": SIN_NOMBRE,
    "..": SIN_NOMBRE,
    ".pdf": ".pdf",
    "\u202e": SIN_NOMBRE,
    "carpeta/": SIN_NOMBRE,
}


@pytest.mark.parametrize(("nombre", "esperado"), CASOS.items())
def test_el_nombre_se_muestra_sin_trampas(nombre, esperado):
    """S11."""
    assert nombre_visible(nombre) == esperado


def test_un_nombre_largo_conserva_su_extension():
    """S11: 300 letters become 120."""
    corto = nombre_visible("ñ" * 296 + ".pdf")
    assert len(corto) == MAX_LETRAS
    assert corto.endswith("ñ….pdf")
    assert len(nombre_visible("a." + "b" * 300)) <= MAX_LETRAS


@given(st.text(max_size=400))
def test_cualquier_nombre_cabe_en_una_linea_y_en_una_cabecera(nombre):
    """S11, S12: whatever the name, one visible line that Django's header helper can carry."""
    visible = nombre_visible(nombre)
    assert 0 < len(visible) <= MAX_LETRAS
    assert unicodedata.is_normalized("NFC", visible)
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & {unicodedata.category(c) for c in visible}
    assert "/" not in visible
    assert "\\" not in visible
    assert nombre_visible(visible) == visible
    cabecera = content_disposition_header(as_attachment=True, filename=visible)
    assert cabecera.isascii()
    assert cabecera.isprintable()


DE_PDF = {
    "factura.exe": "factura.exe.pdf",
    "acta": "acta.pdf",
    "ACTA.PDF": "ACTA.pdf",
    "acta.pdf": "acta.pdf",
    "acta.pdf.scr": "acta.pdf.scr.pdf",
    "acta.pdf. . ": "acta.pdf",
    "acta.exe .pdf": "acta.exe.pdf",
    "acta.pdf\u200b": "acta.pdf",
    "acta\u202efdp.exe": "actafdp.exe.pdf",
    "acta.\uff50\uff44\uff46": "acta.\uff50\uff44\uff46.pdf",
    "Resolución ñ.docx": "Resolución ñ.docx.pdf",
    ".pdf": SIN_NOMBRE,
    ".htaccess": "htaccess.pdf",
    "": SIN_NOMBRE,
    "pdf": SIN_NOMBRE,
}


@pytest.mark.parametrize(("nombre", "esperado"), DE_PDF.items())
def test_lo_que_se_entrega_se_llama_pdf(nombre, esperado):
    """S11, S12: what is downloaded is what it says."""
    assert nombre_de_pdf(nombre) == esperado


@given(st.text(max_size=400))
def test_con_cualquier_nombre_se_descarga_un_pdf(nombre):
    """S11, S12: in both forms of the header, whatever the name it came with."""
    entregado = nombre_de_pdf(nombre)
    assert entregado.endswith(".pdf")
    assert 4 < len(entregado) <= MAX_LETRAS
    assert entregado[0] not in ". "
    assert nombre_de_pdf(entregado) == entregado
    cabecera = content_disposition_header(as_attachment=True, filename=entregado)
    assert cabecera.endswith((".pdf", '.pdf"'))
