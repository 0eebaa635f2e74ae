"""The walk over every object of a file, whether its xref names it or not (S3, S4, S5).

A forbidden thing has to be spelled by its PDF name, thus text without such a name, plain or escaped
(`/J#61vaScript`), needs no parsing. Text with one is judged by its structure if every reader would
read the same (`sintaxis`), so that a page that merely speaks of /JavaScript passes; otherwise, and
between objects, it is judged by its bytes alone.

Bytes inside a stream are no program unless some reader would take them for an object: one announces
itself by `n g obj`, or an xref points at it, or it is the dictionary after `trailer`. Wherever that
stands, the declared length of a stream included, it is looked at. So chance cannot spell one, and a
false /Length hides nothing.
"""

import re
from collections import defaultdict
from typing import Any

from pypdf.errors import LimitReachedError, PdfReadError
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from . import sintaxis
from .acusacion import acusar, apartes, es_sospechoso, habla_de_otro_archivo, habla_de_paquetes, por_bytes
from .flujos import desplegar
from .lector import LectorPdf, leer, leer_en
from .paquetes import abrir_paquete, es_paquete
from .topes import TOPE_PIXELES, TOPE_TOTAL
from .valores import cuantos_nombres, es_tipo, filtros, nombre, numero, resolver


class Revision:
    """One walk; `hallazgos` is what it found."""

    def __init__(self, datos: bytes, lector: LectorPdf, desfase: int) -> None:
        self.datos, self.lector, self.desfase = datos, lector, desfase
        self.hallazgos: set[str] = set()
        self.desplegado = 0
        self._apartes: list[tuple[str, IndirectObject]] = []
        self._versiones: defaultdict[int, set[int]] = defaultdict(set)
        self._vistos: set[int] = set()

    def recorrer(self) -> None:
        """Look at the whole file, from each beginning of an object to the next one."""
        lugar = 0
        while hallado := sintaxis.COMIENZO.search(self.datos, lugar):
            self.hallazgos |= por_bytes(self.datos[lugar : hallado.start()])
            fin = self._mirar(hallado)
            self._mirar_dentro(hallado.end(), fin)
            lugar = fin
        self.hallazgos |= por_bytes(self.datos[lugar:])
        self._mirar_apuntados()
        self._cotejar()

    def _mirar_dentro(self, desde: int, hasta: int) -> None:
        """The objects that begin inside another one, where only an xref would look for them."""
        if any(self.datos.find(palabra, desde, hasta) >= 0 for palabra in (b"obj", b"trailer")):
            for hallado in sintaxis.COMIENZO_ESTRICTO.finditer(self.datos, desde, hasta):
                self._mirar(hallado)

    def _mirar_apuntados(self) -> None:
        """What pypdf reads where the xref points, though no keyword stands there."""
        lugares = {lugar for tabla in self.lector.xref.values() for lugar in tabla.values()}
        for lugar in lugares | {lugar + self.desfase for lugar in lugares}:
            hallado = sintaxis.COMIENZO_APUNTADO.match(self.datos, lugar) if lugar > 0 else None
            if hallado and hallado.end() not in self._vistos:
                self._mirar(hallado)

    def _mirar(self, comienzo: re.Match[bytes]) -> int:
        """Judge the object that begins there; where it ends, or the next one begins if that is in doubt."""
        desde = comienzo.end()
        cabecera = sintaxis.CABECERA.search(self.datos, max(desde - 67, 0), desde - 3)
        fin = sintaxis.fin_de_lo_llano(self.datos, desde)
        self._vistos.add(desde)
        texto = self.datos[desde:fin].strip(sintaxis.BLANCO)
        cerrado = sintaxis.CIERRE.match(self.datos, fin)
        if cabecera and texto != b"null":
            self._versiones[int(cabecera[1])].add(hash(texto) if cerrado else desde)
        if palabra := sintaxis.FLUJO.match(self.datos, fin):
            return self._mirar_flujo(desde, palabra, cabecera)
        if not cerrado:
            return self._mirar_dudoso(desde, cabecera)
        if es_sospechoso(texto):
            self._exigir_legible(cabecera)
            self._mirar_texto(texto, cabecera)
        return fin

    def _exigir_legible(self, cabecera: re.Match[bytes] | None) -> None:
        """The strings of an encrypted object cannot be read without its number."""
        if self.lector.is_encrypted and not cabecera:
            raise PdfReadError("an encrypted object in doubt")

    def _mirar_texto(self, texto: bytes, cabecera: re.Match[bytes] | None) -> None:
        """Judge a text that has to be one object, by its bytes too unless its structure is plain."""
        objeto, entero = leer(texto, self.lector)
        if not entero or not self._es_llano(texto, objeto):
            self.hallazgos |= por_bytes(texto)
        self._acusar(objeto, cabecera)

    def _es_llano(self, texto: bytes, objeto: Any) -> bool:
        """Whether every reader finds those tokens, and pypdf kept each name where all of them do."""
        llano = sintaxis.fin_de_lo_llano(texto, 0) == len(texto)
        return llano and sintaxis.cuantos_nombres(texto) == cuantos_nombres(objeto)

    def _mirar_flujo(self, desde: int, palabra: re.Match[bytes], cabecera: re.Match[bytes] | None) -> int:
        """Judge a stream; where its data end."""
        texto = self.datos[desde : palabra.start()]
        diccionario, entero = leer(texto, self.lector)
        if not entero or not self._es_llano(texto, diccionario):
            return self._mirar_dudoso(desde, cabecera)
        fin, declarado = self._fin_de_datos(palabra.end(), diccionario)
        if es_paquete(diccionario) and not (declarado and palabra[0] in sintaxis.FLUJOS_CLAROS):
            raise PdfReadError("an object stream in doubt")
        entradas = dict(diccionario) | {"__streamdata__": self.datos[palabra.end() : fin]}
        self._acusar(StreamObject.initialize_from_dictionary(entradas), cabecera)
        return fin

    def _fin_de_datos(self, cuerpo: int, diccionario: DictionaryObject) -> tuple[int, bool]:
        """Where the data of a stream end, and whether its length says so too."""
        declarado = cuerpo + _largo(diccionario)
        if sintaxis.FIN_DE_FLUJO.match(self.datos, declarado):
            return declarado, True
        hallado = self.datos.find(b"endstream", cuerpo)
        return (hallado if hallado >= 0 else len(self.datos)), False

    def _mirar_dudoso(self, desde: int, cabecera: re.Match[bytes] | None) -> int:
        """Judge by its bytes, too, what readers may read differently, up to the next object."""
        siguiente = sintaxis.COMIENZO.search(self.datos, desde)
        hasta = siguiente.start() if siguiente else len(self.datos)
        texto = self.datos[desde:hasta]
        if habla_de_paquetes(texto):
            raise PdfReadError("an object stream in doubt")
        diccionario, flujo, _ = texto.partition(b"stream")
        if flujo and habla_de_otro_archivo(diccionario):
            self.hallazgos.add("accion_externa")
        if flujo or es_sospechoso(texto):
            self._exigir_legible(None)
            self.hallazgos |= por_bytes(texto)
            objeto = leer_en(self.datos, desde, self.lector)
            if isinstance(objeto, StreamObject) and es_paquete(objeto):
                raise PdfReadError("an object stream in doubt")
            self._acusar(objeto, cabecera)
        return hasta

    def _acusar(self, objeto: Any, cabecera: re.Match[bytes] | None) -> None:
        """Judge an object, first decrypted, and what its stream unfolds to."""
        if self.lector.is_encrypted and cabecera and not es_tipo(objeto, "/XRef"):
            cifra: Any = self.lector._encryption  # no public call reaches what the xref does not name
            objeto = cifra.decrypt_object(objeto, int(cabecera[1]), int(cabecera[2]), strict=False)
        self.hallazgos |= acusar(objeto)
        self._apartes += apartes(objeto)
        if isinstance(objeto, StreamObject):
            self._medir(objeto)

    def _medir(self, flujo: StreamObject) -> None:
        """Bound what the stream unfolds to (S7); of an object stream, look at each object."""
        if es_paquete(flujo):
            self._mirar_paquete(flujo)
        elif nombre(flujo, "/Subtype") != "/Image":
            self._sumar(len(desplegar(flujo)))
        elif numero(flujo, "/Width") * numero(flujo, "/Height") > TOPE_PIXELES:
            raise LimitReachedError("image")
        elif len(filtros(flujo)) > 1:
            # One filter over an image is bounded by its pixels; a pile of them is a bomb's shape.
            self._sumar(len(desplegar(flujo)))

    def _sumar(self, cantidad: int) -> None:
        self.desplegado += cantidad
        if self.desplegado > TOPE_TOTAL:
            raise LimitReachedError("total")

    def _mirar_paquete(self, flujo: StreamObject) -> None:
        """Each object of an object stream, where another may hide a script (S3)."""
        paquete = abrir_paquete(flujo)
        self._sumar(len(paquete.datos))
        if paquete.lugares is None:
            self.hallazgos |= por_bytes(paquete.datos)
            return
        lugares = [lugar for _, lugar in paquete.lugares]
        fines = [*lugares[1:], len(paquete.datos)]
        for (cual, desde), hasta in zip(paquete.lugares, fines, strict=True):
            texto = paquete.datos[desde:hasta].strip(sintaxis.BLANCO)
            self._versiones[cual].add(hash(texto))
            if es_sospechoso(texto):
                self._mirar_texto(texto, None)

    def _cotejar(self) -> None:
        """A reference to what the file holds in two versions, or that only others find, has two readings."""
        self.hallazgos |= {causa for causa, valor in self._apartes if self._tiene_dos_lecturas(valor)}

    def _tiene_dos_lecturas(self, valor: Any) -> bool:
        while isinstance(valor, IndirectObject):
            versiones, siguiente = self._versiones[valor.idnum], valor.get_object()
            if len(versiones) > 1 or (versiones and resolver(siguiente) is None):
                return True
            valor = siguiente
        return False


def _largo(diccionario: DictionaryObject) -> int:
    """The declared length of a stream; zero when nothing tells it."""
    try:
        return numero(diccionario, "/Length")
    except PdfReadError:
        return 0
