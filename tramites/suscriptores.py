"""Hears what changes in the accounts of the staff: nothing stays in the hands of who may not review."""

from collections.abc import Iterable
from typing import Any

from bitacora.models import Evento
from cuentas.eventos import TipoEvento

from .acciones.devolver import devolver


def soltar_lo_suyo(sender: Any, eventos: Iterable[Evento], **_: Any) -> None:
    """In the transaction of the change: both stand or fall together."""
    for evento in eventos:
        if evento.tipo in (TipoEvento.PERSONAL_CAMBIADO, TipoEvento.CUI_DECLARADO):
            devolver(ahora=evento.ocurrido_en, actor=evento.actor, de=evento.datos["cuenta"])
