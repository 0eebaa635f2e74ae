"""Auditoría takes away a search of the log: an act of the log like any other (matriz.md §3)."""

from datetime import datetime
from typing import Any

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.reglas.permisos import exigir_papel


def exportar_bitacora(*, actor: Any, registros: int, filtros: list[str], ahora: datetime) -> Evento:
    """Log it: how many rows, and the names of what was asked, never what was typed. Raises `NoPermitido`."""
    exigir_papel(actor, "bitacora")
    return Evento.objects.registrar(
        TipoEvento.BITACORA_EXPORTADA,
        actor=actor,
        ahora=ahora,
        datos={"registros": registros, "filtros": filtros},
    )
