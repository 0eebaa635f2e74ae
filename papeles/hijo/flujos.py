"""What a stream unfolds to, without unfolding a bomb (S7)."""

import zlib
from collections.abc import Callable

from pypdf.errors import LimitReachedError
from pypdf.filters import ASCII85Decode, ASCIIHexDecode, LZWDecode, RunLengthDecode
from pypdf.generic import StreamObject

from .topes import TOPE_FILTROS, TOPE_FLUJO
from .valores import filtros

_DE_IMAGEN = {"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"}


def desplegar(flujo: StreamObject) -> bytes:
    """The stream's data through its filters, up to an image's own; what is broken unfolds to nothing.

    Raises `LimitReachedError` past `TOPE_FLUJO` in any of the filters, or for too many of them.
    """
    datos, nombres = flujo._data, filtros(flujo)
    if len(nombres) > TOPE_FILTROS:
        raise LimitReachedError("filters")
    for filtro in nombres:
        if filtro in _DE_IMAGEN:
            break
        try:
            datos = _DESPLIEGA[filtro](datos) if filtro in _DESPLIEGA else datos
        except LimitReachedError:
            raise
        except Exception:  # each filter fails in its own way
            return b""
        if len(datos) > TOPE_FLUJO:
            raise LimitReachedError("stream")
    return datos


def _inflar(datos: bytes) -> bytes:
    return zlib.decompressobj().decompress(datos, TOPE_FLUJO + 1)


_DESPLIEGA: dict[str, Callable[[bytes], bytes]] = {
    "/FlateDecode": _inflar,
    "/Fl": _inflar,
    "/LZWDecode": LZWDecode.decode,
    "/LZW": LZWDecode.decode,
    "/RunLengthDecode": RunLengthDecode.decode,
    "/RL": RunLengthDecode.decode,
    "/ASCII85Decode": ASCII85Decode.decode,
    "/A85": ASCII85Decode.decode,
    "/ASCIIHexDecode": ASCIIHexDecode.decode,
    "/AHx": ASCIIHexDecode.decode,
}
