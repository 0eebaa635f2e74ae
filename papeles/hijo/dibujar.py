"""The child that draws one page of a PDF: a script, never imported; its answer is a JPEG.

`paginas.py` starts it as `python -I -S -B dibujar.py '{request}'` with the PDF as descriptor 0.
Whatever goes wrong, it says nothing and dies.
"""

import os
import sys

if __name__ == "__main__":  # a script that belongs to a package, as PEP 366 says it
    sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    __package__ = "hijo"

from .encierro import encerrar, recibir

PEDIDO = encerrar()

import pypdfium2  # noqa: E402
from pypdfium2 import raw  # noqa: E402


def abrir(documento: pypdfium2.PdfDocument, indice: int) -> pypdfium2.PdfPage:
    """The page as a reader shows it: PDFium draws fields and signatures only with their form."""
    con_formulario = documento.init_forms()
    pagina = documento[indice]
    if preparar_anotaciones(pagina) and not con_formulario:
        # Fields of no form: their appearance is made part of the page.
        raw.FPDFPage_Flatten(pagina, raw.FLAT_NORMALDISPLAY)
        pagina.close()
        pagina = documento[indice]
    return pagina


def preparar_anotaciones(pagina: pypdfium2.PdfPage) -> bool:
    """Hide the fields that no screen should show, which PDFium forgets; tell whether there are fields."""
    campos = False
    for n in range(raw.FPDFPage_GetAnnotCount(pagina)):
        anotacion = raw.FPDFPage_GetAnnot(pagina, n)
        campos = campos or raw.FPDFAnnot_GetSubtype(anotacion) == raw.FPDF_ANNOT_WIDGET
        avisos = raw.FPDFAnnot_GetFlags(anotacion)
        if avisos & raw.FPDF_ANNOT_FLAG_NOVIEW:
            raw.FPDFAnnot_SetFlags(anotacion, avisos | raw.FPDF_ANNOT_FLAG_HIDDEN)
        raw.FPDFPage_CloseAnnot(anotacion)
    return campos


pagina = abrir(pypdfium2.PdfDocument(recibir()), PEDIDO["pagina"] - 1)
escala = PEDIDO["lado"] / max(pagina.get_size())
imagen = pagina.render(scale=escala).to_pil()
imagen.convert("RGB").save(sys.stdout.buffer, "JPEG", quality=PEDIDO["calidad"])
sys.stdout.flush()
os._exit(0)  # the page is out: do not spend time tidying up
