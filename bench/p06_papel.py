"""P6. The printed form, warm: what the portal adds to WeasyPrint's own render of the same page."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
import weasyprint
from django.template.loader import render_to_string
from pypdf import PdfReader
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from bench import bases
from bench.corrida import Corrida, persona
from bench.informe import Linea, Meta, exacto
from papeles.generar import _taller, generar
from tests.tramites import escenas
from tramites.models import VersionFormulario

TITULO = "El formulario impreso"
PARRAFO = "Yo, la persona solicitante, declaro bajo juramento que lo escrito en esta hoja es cierto. " * 4


def medir(corrida: Corrida) -> Iterator[Linea]:
    with bases.con(0):
        version = version_congelada()
        impreso = version.gestion.definicion.formulario_impreso(version.congelado())
        creado = version.confirmada_en
        paginas = len(PdfReader(BytesIO(generar(impreso, creado=creado))).pages)
        contexto = {**impreso.contexto, "titulo": impreso.titulo, "creado": creado.isoformat()}
        series = corrida.rondas(
            {
                "portal": lambda: generar(impreso, creado=creado),
                "desnudo": lambda: _weasyprint(render_to_string(impreso.plantilla, contexto)),
                "minimo": lambda: _weasyprint(_minimo(paginas)),
                "reportlab": lambda: _reportlab(paginas),
                "typst": lambda: _typst(paginas),
            },
            corrida.piso_de(persona()),
        )
    portal = series["portal"]
    yield Linea("formulario", "páginas", exacto(paginas))
    yield Linea("formulario", "ms de procesador", portal.cpu_ms)
    # `a.veces(b)` is how many times faster a is; what it costs over b is the other way round.
    yield Linea(
        "formulario",
        "coste sobre WeasyPrint, igual página",
        series["desnudo"].veces(portal),
        Meta(a_lo_mas=1.05),
    )
    yield Linea(
        "formulario", "coste sobre un documento mínimo", series["minimo"].veces(portal), Meta(a_lo_mas=2.0)
    )
    for par in ("reportlab", "typst"):
        yield Linea(f"documento mínimo, {par}", "ms de procesador", series[par].cpu_ms)


def version_congelada() -> VersionFormulario:
    """The printed form of somebody who has just confirmed it."""
    return escenas.hasta_documentos(escenas.titular()).formulario_vigente


def _weasyprint(html: str) -> bytes:
    """The render that any program would make, with the same fonts and style, read once."""
    _, sin_descargas, fuentes, estilo = _taller()
    documento: Any = weasyprint.HTML(string=html, url_fetcher=sin_descargas)
    return documento.write_pdf(stylesheets=[estilo], font_config=fuentes, pdf_variant="pdf/ua-1")


def _minimo(paginas: int) -> str:
    hojas = f'<section style="break-after: page"><h2>Hoja</h2>{f"<p>{PARRAFO}</p>" * 8}</section>' * paginas
    return f"<!doctype html><html lang='es'><head><title>Mínimo</title></head><body>{hojas}</body></html>"


def _reportlab(paginas: int) -> bytes:
    salida = BytesIO()
    lienzo = Canvas(salida, pagesize=letter)
    for _ in range(paginas):
        texto = lienzo.beginText(72, 720)
        for inicio in range(0, 8 * len(PARRAFO), 90):
            lugar = inicio % len(PARRAFO)
            texto.textLine(PARRAFO[lugar : lugar + 90])
        lienzo.drawText(texto)
        lienzo.showPage()
    lienzo.save()
    return salida.getvalue()


def _typst(paginas: int) -> bytes:
    hoja = "= Hoja\n" + f"{PARRAFO}\n\n" * 8
    with TemporaryDirectory() as carpeta:
        fuente = Path(carpeta, "hoja.typ")
        fuente.write_text("#pagebreak()\n".join([hoja] * paginas))
        return typst.compile(str(fuente))
