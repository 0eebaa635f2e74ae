"""The pages: how many, and how large (S8)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from .topes import TOPE_NIVELES, Rechazo
from .valores import entrada, nombre, resolver


def contar_paginas(lector: PdfReader, limites: Mapping[str, Any]) -> int:
    """How many pages; refuses none, too many, and one that is too large."""
    cuenta, enorme, maximo = 0, False, limites["max_paginas"]
    for pagina, caja in _hojas(lector):
        cuenta += 1
        enorme = enorme or _lado(pagina, caja) > limites["max_lado_puntos"]
        if cuenta > maximo:
            anunciadas = entrada(entrada(lector.root_object, "/Pages"), "/Count")
            n = anunciadas if isinstance(anunciadas, int) and anunciadas > maximo else cuenta
            raise Rechazo("muchas_paginas", n=int(n), max=maximo)
    if not cuenta:
        raise Rechazo("sin_paginas")
    if enorme:
        raise Rechazo("pagina_enorme")
    return cuenta


def _hojas(lector: PdfReader) -> Iterator[tuple[DictionaryObject, Any]]:
    """Each page with its MediaBox, own or inherited; a node met twice is a cycle."""
    pila: list[tuple[Any, Any, int]] = [(dict.get(lector.root_object, "/Pages"), None, 0)]
    vistos: set[int] = set()
    while pila:
        referencia, caja, nivel = pila.pop()
        nodo = resolver(referencia)
        if not isinstance(nodo, DictionaryObject) or not nodo:
            continue
        caja = entrada(nodo, "/MediaBox") or caja
        hijos = entrada(nodo, "/Kids")
        if nombre(nodo, "/Type") == "/Page" or (hijos is None and nivel):
            yield nodo, caja
        elif id(nodo) in vistos:
            raise Rechazo("danado")
        elif nivel > TOPE_NIVELES:
            raise Rechazo("demasiado_complejo")
        elif isinstance(hijos, ArrayObject):
            vistos.add(id(nodo))
            pila.extend((hijo, caja, nivel + 1) for hijo in reversed(hijos))


def _lado(pagina: DictionaryObject, caja: Any) -> float:
    """The longer side in points, after UserUnit; of an unreadable box, zero."""
    try:
        unidad = max(float(entrada(pagina, "/UserUnit") or 1), 1.0)
        izquierda, abajo, derecha, arriba = (float(resolver(v)) for v in caja)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return max(abs(derecha - izquierda), abs(arriba - abajo)) * unidad
