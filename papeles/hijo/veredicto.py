"""The verdict on a PDF, as the parent reads it (requisitos B6.4)."""

from collections.abc import Mapping
from typing import Any

from pypdf.errors import DependencyError, LimitReachedError

from .acusacion import ORDEN
from .hojas import contar_paginas
from .lector import QUEJAS, abrir
from .revision import Revision
from .topes import Rechazo

CABECERA = 1024


def juzgar(datos: bytes, limites: Mapping[str, Any]) -> dict[str, Any]:
    """`paginas` and `reparado` of an accepted file; `clave` and `datos` of a refused one (mensajes.md §1).

    Of `limites` it takes `max_paginas` and `max_lado_puntos`. It raises nothing but exhaustion that
    Python itself cannot name: what a process may spend is bounded from outside.
    """
    try:
        return _revisar(datos, limites)
    except Rechazo as rechazo:
        return {"clave": rechazo.clave, "datos": rechazo.datos}
    except Exception as error:  # whatever a hostile file provokes is a verdict
        return {"clave": _motivo(error), "datos": {}}


def _revisar(datos: bytes, limites: Mapping[str, Any]) -> dict[str, Any]:
    # Readers count the places of an xref from the header; what stands before it is looked at as well.
    desfase = max(datos.find(b"%PDF-", 0, CABECERA), 0)
    QUEJAS.callar()
    lector = abrir(datos[desfase:])
    paginas = contar_paginas(lector, limites)
    reparado = QUEJAS.hubo
    revision = Revision(datos, lector, desfase)
    revision.recorrer()
    peor = next((clave for clave in ORDEN if clave in revision.hallazgos), None)
    if peor:
        raise Rechazo(peor)
    return {"paginas": paginas, "reparado": reparado}


def _motivo(error: BaseException | None) -> str:
    """What an unforeseen failure is called: exhaustion anywhere in its causes, or plain damage."""
    while error is not None:
        if isinstance(error, (MemoryError, RecursionError, LimitReachedError, DependencyError)):
            return "demasiado_complejo"
        error = error.__cause__ or error.__context__
    return "danado"
