"""Object streams. Readers take them loosely, each in its own way: only what is written plainly is opened."""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pypdf.errors import LimitReachedError, PdfReadError
from pypdf.filters import ASCII85Decode, ASCIIHexDecode, FlateDecode
from pypdf.generic import ArrayObject, DictionaryObject, NullObject, NumberObject, StreamObject

from .topes import TOPE_FILTROS, TOPE_FLUJO
from .valores import es_tipo

# ISO 32000-2, tables 5 and 16. /F would be another file's data; pdf.js also hears of /DP.
_LLAVES = {"/Type", "/N", "/First", "/Length", "/Filter", "/DecodeParms", "/Extends", "/DL"}
_PARES = re.compile(rb"[\t\n\x0c\r ]*+(?>(?:[0-9]{1,10}[\t\n\x0c\r ]++[0-9]{1,10}(?:[\t\n\x0c\r ]++|\Z))*)\Z")
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f\t\n\x0c\r ]*+>[\t\n\x0c\r ]*\Z")
_BASE85 = re.compile(rb"[!-uz\t\n\x0c\r ]*+~>[\t\n\x0c\r ]*\Z")


@dataclass(frozen=True)
class Paquete:
    """The data of an object stream and the (number, place) of each object; `None` if they are in doubt."""

    datos: bytes
    lugares: list[tuple[int, int]] | None


def es_paquete(flujo: DictionaryObject) -> bool:
    """Whether some reader would look for objects in the stream."""
    return es_tipo(flujo, "/ObjStm") or ("/N" in flujo and "/First" in flujo)


def abrir_paquete(flujo: Any) -> Paquete:
    """An object stream, opened. Raises `PdfReadError` when two readers might not unfold it alike."""
    if not isinstance(flujo, StreamObject) or not set(flujo) <= _LLAVES:
        raise PdfReadError("not an object stream")
    datos = _desplegar(flujo)
    return Paquete(datos, _indice(datos, dict.get(flujo, "/N"), dict.get(flujo, "/First")))


def _indice(datos: bytes, cuantos: Any, primero: Any) -> list[tuple[int, int]] | None:
    """The header's pairs, if they are exactly N, of plain digits, in order and within the data."""
    if type(cuantos) is not NumberObject or type(primero) is not NumberObject:
        return None
    if not 0 <= primero <= len(datos) or not _PARES.match(datos[:primero]):
        return None
    cifras = [int(cifra) for cifra in datos[:primero].split()]
    lugares = [primero + lugar for lugar in cifras[1::2]]
    en_orden = all(antes < despues for antes, despues in pairwise([primero - 1, *lugares, len(datos)]))
    if len(lugares) != cuantos or not en_orden:
        return None
    return list(zip(cifras[::2], lugares, strict=True))


def _desplegar(flujo: StreamObject) -> bytes:
    datos = flujo._data
    for filtro, ajustes in _pasos(flujo):
        if filtro not in _DESPLIEGA:
            raise PdfReadError("not a plain filter")
        datos = _DESPLIEGA[filtro](datos, ajustes)
        if len(datos) > TOPE_FLUJO:
            raise LimitReachedError("stream")
    return datos


def _pasos(flujo: StreamObject) -> list[tuple[str, DictionaryObject]]:
    """Each filter with its parameters; all of them have to stand in the dictionary itself."""
    filtros, ajustes = _lista(flujo, "/Filter"), _lista(flujo, "/DecodeParms")
    ajustes += [NullObject()] * (len(filtros) - len(ajustes))
    if len(filtros) > TOPE_FILTROS:
        raise LimitReachedError("filters")
    return [(filtro, _ajustes(ajuste)) for filtro, ajuste in zip(filtros, ajustes, strict=True)]


def _lista(flujo: StreamObject, llave: str) -> list[Any]:
    valor = dict.get(flujo, llave, NullObject())
    if isinstance(valor, NullObject):
        return []
    return list(valor) if isinstance(valor, ArrayObject) else [valor]


def _ajustes(valor: Any) -> DictionaryObject:
    if isinstance(valor, NullObject):
        return DictionaryObject()
    if not isinstance(valor, DictionaryObject) or not all(type(v) is NumberObject for v in valor.values()):
        raise PdfReadError("not plain parameters")
    return valor


def _inflar(datos: bytes, ajustes: DictionaryObject) -> bytes:
    """As zlib does, a missing end apart; what is corrupt some readers would mend and others not."""
    try:
        salida = zlib.decompressobj().decompress(datos, TOPE_FLUJO + 1)
    except zlib.error as falla:
        raise PdfReadError("not a zlib stream") from falla
    if ajustes.get("/Predictor", 1) == 1 or len(salida) > TOPE_FLUJO:
        return salida
    # PNG's prediction, of whole rows of bytes: there is one way to undo that.
    fila = ajustes.get("/Columns", 1) + 1
    sencillos = set(ajustes) <= {"/Predictor", "/Columns"} and ajustes["/Predictor"] in range(10, 16)
    if not sencillos or len(salida) % fila or max(salida[::fila], default=0) > 4:
        raise PdfReadError("not a plain prediction")
    return FlateDecode.decode(datos, ajustes)


def _de_hexadecimal(datos: bytes, ajustes: DictionaryObject) -> bytes:
    return ASCIIHexDecode.decode(_exigir(_HEXADECIMAL, datos))


def _de_base85(datos: bytes, ajustes: DictionaryObject) -> bytes:
    return ASCII85Decode.decode(_exigir(_BASE85, datos))


def _exigir(forma: re.Pattern[bytes], datos: bytes) -> bytes:
    if not forma.match(datos):
        raise PdfReadError("not plain letters")
    return datos


_DESPLIEGA: dict[str, Callable[[bytes, DictionaryObject], bytes]] = {
    "/FlateDecode": _inflar,
    "/Fl": _inflar,
    "/ASCII85Decode": _de_base85,
    "/A85": _de_base85,
    "/ASCIIHexDecode": _de_hexadecimal,
    "/AHx": _de_hexadecimal,
}
