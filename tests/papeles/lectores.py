"""Three readers that people's programs are made of: which of them reach something active in a file."""

import ctypes
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject
from pypdfium2 import raw

CLASES = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
    "/Movie", "/Sound", "/FileAttachment", "/RichMedia", "/Screen", "/3D",
}  # fmt: skip
ENTRADAS = {"/JS", "/EF", "/XFA"}
ACCIONES_DE_PDFIUM = {raw.PDFACTION_LAUNCH, raw.PDFACTION_REMOTEGOTO, raw.PDFACTION_EMBEDDEDGOTO}


def quienes_llegan(datos: bytes) -> list[str]:
    """The readers that, following the file from its trailer, find something that runs or is embedded."""
    return [nombre for nombre, llega in LECTORES.items() if _sin_fallar(llega, datos)]


def _sin_fallar(llega: Any, datos: bytes) -> bool:
    try:
        return llega(datos)
    except Exception:  # a file that a reader cannot open does that reader no harm
        return False


def _qpdf(datos: bytes) -> bool:
    with pikepdf.open(io.BytesIO(datos)) as pdf:
        return any(_es_activa(k, str(v)) for k, v in _entradas_de_qpdf(pdf.trailer))


def _entradas_de_qpdf(raiz: Any) -> Iterator[tuple[str, Any]]:
    pila, vistos = [raiz], set()
    while pila:
        objeto = pila.pop()
        if not isinstance(objeto, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)):
            continue
        if objeto.is_indirect and objeto.objgen in vistos:
            continue
        vistos.add(objeto.objgen)
        if isinstance(objeto, pikepdf.Array):
            pila.extend(objeto)
        else:
            yield from objeto.items()
            pila.extend(valor for _, valor in objeto.items())


def _pypdf(datos: bytes) -> bool:
    return any(_es_activa(k, v) for k, v in _entradas_de_pypdf(pypdf.PdfReader(io.BytesIO(datos)).trailer))


def _entradas_de_pypdf(raiz: Any) -> Iterator[tuple[str, Any]]:
    pila, vistos = [raiz], set()
    while pila:
        objeto = pila.pop()
        if isinstance(objeto, IndirectObject):
            if objeto.idnum not in vistos:
                vistos.add(objeto.idnum)
                pila.append(objeto.get_object())
        elif isinstance(objeto, ArrayObject):
            pila.extend(objeto)
        elif isinstance(objeto, DictionaryObject):
            yield from ((k, v.get_object()) for k, v in objeto.items())
            pila.extend(objeto.values())


def _es_activa(llave: str, valor: Any) -> bool:
    return (llave in {"/S", "/Subtype"} and valor in CLASES) or (llave in ENTRADAS and valor is not None)


def _pdfium(datos: bytes) -> bool:
    with pypdfium2.PdfDocument(datos) as pdf:
        contenido = raw.FPDFDoc_GetJavaScriptActionCount(pdf) > 0 or raw.FPDFDoc_GetAttachmentCount(pdf) > 0
        return contenido or any(clase in ACCIONES_DE_PDFIUM for clase in _enlaces_de_pdfium(pdf[0]))


def _enlaces_de_pdfium(pagina: pypdfium2.PdfPage) -> Iterator[int]:
    lugar, enlace = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(pagina, lugar, enlace):
        if accion := raw.FPDFLink_GetAction(enlace):
            yield raw.FPDFAction_GetType(accion)


LECTORES = {"qpdf": _qpdf, "pypdf": _pypdf, "pdfium": _pdfium}
