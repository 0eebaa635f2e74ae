"""What goes out on paper: an `Impreso` rendered to an accessible, repeatable PDF."""

import os
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from html import unescape
from pathlib import Path
from threading import Lock
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from .impreso import Impreso

Casilla = Sequence[str]  # its label and its text

LUGAR = Path(__file__).parent
FUENTES = LUGAR / "fuentes" / "fonts.conf"
ESTILO = LUGAR / "impreso.css"
# In characters. The longest honest paper has some 30,000, and its longest paragraph some 1,200. Breaking a
# long word into lines takes WeasyPrint the square of its length: two thousand letters half a second, a
# hundred thousand many minutes.
MAXIMO_PAPEL, MAXIMO_PARRAFO = 100_000, 2_000

_PIEZAS = re.compile(r"<(?:style|svg|title)\b.*?</(?:style|svg|title)>|<[^>]*>|[^<]+", re.DOTALL)
_PALABRA = re.compile(r"((?:&[#\w]+;|[^\s&]){40})(?=\S)")
_NO_IMPRIME = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

# WeasyPrint is Python, so that the interpreter's lock would share one core among simultaneous renders
# anyway: one at a time in each process bounds the memory and lets fonts and style be read only once.
_turno = Lock()


class ImpresionNoDisponible(RuntimeError):
    """This machine lacks the libraries that make PDFs (see `papeles.checks`)."""


class ImpresoDemasiadoLargo(ValueError):
    """The paper would be longer than any honest one: it is not rendered (S29)."""


def generar(impreso: Impreso, *, creado: datetime) -> bytes:
    """The PDF/UA-1 of a paper: tagged, in es-GT, with its title and only the fonts of this folder.

    The same paper and `creado` (aware) give the same bytes. Nothing is fetched: neither a file nor the
    network, whatever the paper's words say (S27). Raises `ImpresoDemasiadoLargo` and
    `ImpresionNoDisponible`.
    """
    html = render_to_string(
        impreso.plantilla, {**impreso.contexto, "titulo": impreso.titulo, "creado": creado.isoformat()}
    )
    _exigir_medida(html)
    with _turno:
        weasyprint, sin_descargas, fuentes, estilo = _taller()
        return weasyprint.HTML(string=_con_cortes(html), url_fetcher=sin_descargas).write_pdf(
            stylesheets=[estilo],
            font_config=fuentes,
            pdf_variant="pdf/ua-1",
        )


def qr(texto: str, titulo: str) -> SafeString:
    """An inline SVG with the QR code of a short text; `titulo` is its alternative text."""
    codigo = segno.make_qr(texto, error="m")
    svg = codigo.svg_inline(title=titulo, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(svg)  # noqa: S308  (segno escapes the title; the rest is its own drawing)


def en_filas(casillas: Sequence[Casilla]) -> list[Sequence[Casilla]]:
    """The labelled boxes (label, text) in rows of three, as `tramites/impreso/casillas.html` prints them."""
    return [casillas[i : i + 3] for i in range(0, len(casillas), 3)]


def _exigir_medida(html: str) -> None:
    """Refuse what would take long to lay out; what is read is measured, not how it is escaped."""
    parrafo = max(len(unescape(texto.partition("<")[0])) for texto in html.split(">"))
    letras = len(unescape(html))
    if letras > MAXIMO_PAPEL or parrafo > MAXIMO_PARRAFO:
        raise ImpresoDemasiadoLargo(f"{letras} caracteres, {parrafo} en un párrafo")


def _con_cortes(html: str) -> str:
    """The page with a place to break in what nobody can read in one line: it costs no time, nor runs over.

    What no paper can print (controls) goes; markup is left as it is.
    """
    return "".join(
        p if p.startswith("<") else _PALABRA.sub(r"\1<wbr>", _NO_IMPRIME.sub("", p))
        for p in _PIEZAS.findall(html)
    )


@cache
def _taller() -> tuple[Any, Any, Any, Any]:
    """WeasyPrint, its fetcher that denies all, and the fonts and style of every paper, read once."""
    os.environ["FONTCONFIG_FILE"] = str(FUENTES)
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as falta:
        raise ImpresionNoDisponible(str(falta)) from falta

    sin_descargas = URLFetcher(allowed_protocols=(), allow_redirects=False)
    fuentes = FontConfiguration()
    estilo = weasyprint.CSS(string=ESTILO.read_text(), font_config=fuentes, url_fetcher=sin_descargas)
    return weasyprint, sin_descargas, fuentes, estilo
