"""pypdf, bounded: the reader that follows the file's own xref."""

import logging
from io import BytesIO
from typing import Any

from pypdf import PasswordType, PdfReader, overwrite_configuration
from pypdf.errors import LimitReachedError, PdfReadError
from pypdf.generic import DictionaryObject, IndirectObject, NullObject, PdfObject, read_object

from .paquetes import Paquete, abrir_paquete
from .sintaxis import BLANCO
from .topes import TOPE_FILTROS, TOPE_FLUJO, Rechazo
from .valores import entrada

overwrite_configuration(
    zlib_maximum_output_length=TOPE_FLUJO,
    lzw_maximum_output_length=TOPE_FLUJO,
    run_length_maximum_output_length=TOPE_FLUJO,
    stream_filters_maximum_length=TOPE_FILTROS,
    array_maximum_element_count=300_000,
    jbig2dec_binary=None,
    disable_legacy_handling=True,
)


class Quejas(logging.Handler):
    """Remembers whether pypdf had to mend something since `callar`."""

    hubo = False

    def emit(self, record: logging.LogRecord) -> None:
        self.hubo = True

    def callar(self) -> None:
        self.hubo = False


QUEJAS = Quejas(logging.WARNING)
logging.getLogger("pypdf").addHandler(QUEJAS)
logging.getLogger("pypdf").propagate = False


class LectorPdf(PdfReader):
    """pypdf's reader, except that it parses one object of an object stream, not all: 30,000 are 1.3 s."""

    def __init__(self, fuente: BytesIO) -> None:
        self._abiertos: dict[int, tuple[Paquete, dict[int, int]]] = {}
        super().__init__(fuente)

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        pedido = indirect_reference.idnum
        paquete, lugares = self._abrir(self.xref_objStm[pedido][0])
        if paquete.lugares is None:
            return super()._get_object_from_stream(indirect_reference)
        objeto: PdfObject = NullObject()
        if pedido in lugares:
            objeto = read_object(BytesIO(paquete.datos[lugares[pedido] :].lstrip()), self)
        self.cache_indirect_object(0, pedido, objeto)
        return objeto

    def _abrir(self, donde: int) -> tuple[Paquete, dict[int, int]]:
        if donde in self.xref_objStm:
            raise PdfReadError("an object stream inside another")
        if donde not in self._abiertos:
            paquete = abrir_paquete(self.get_object(donde))
            self._abiertos[donde] = paquete, dict(paquete.lugares or [])
        return self._abiertos[donde]


def abrir(datos: bytes) -> LectorPdf:
    """The opened file; an empty user password opens what only has an owner's (S6)."""
    try:
        lector = LectorPdf(BytesIO(datos))
        cerrado = lector.is_encrypted and lector.decrypt("") is PasswordType.NOT_DECRYPTED
    except NotImplementedError:
        raise Rechazo("con_clave") from None
    if cerrado:
        raise Rechazo("con_clave")
    if not isinstance(entrada(lector.root_object, "/Pages"), DictionaryObject):
        raise Rechazo("danado" if "/Pages" in lector.root_object else "sin_paginas")
    return lector


def leer(texto: bytes, lector: LectorPdf) -> tuple[Any, bool]:
    """The object in that text, `None` if it is none, and whether pypdf read all of it without complaint."""
    cinta = BytesIO(texto.lstrip(BLANCO))
    objeto = _leer(cinta, lector)
    return objeto, not QUEJAS.hubo and not cinta.read().strip(BLANCO)


def leer_en(datos: bytes, lugar: int, lector: LectorPdf) -> Any:
    """What pypdf makes of the bytes at that place, its stream included; `None` if nothing."""
    cinta = BytesIO(datos)
    cinta.seek(lugar + len(datos[lugar : lugar + 1024]) - len(datos[lugar : lugar + 1024].lstrip(BLANCO)))
    return _leer(cinta, lector)


def _leer(cinta: BytesIO, lector: LectorPdf) -> Any:
    """Raises `LimitReachedError` and `MemoryError`."""
    QUEJAS.callar()
    try:
        return read_object(cinta, lector)
    except (LimitReachedError, MemoryError):
        raise
    except Exception:  # a broken object can raise anything
        return None
