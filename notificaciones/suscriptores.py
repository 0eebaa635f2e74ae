"""Hears each act: leaves written whom it must tell, and each failure for the daily summary."""

from collections.abc import Iterable
from typing import Any

from bitacora.models import Evento

from .acciones.anotar_fallas import anotar_fallas
from .acciones.avisar import avisar


def al_registrar(sender: Any, eventos: Iterable[Evento], **_: Any) -> None:
    """In the transaction of the act itself (`bitacora.evento_registrado`)."""
    avisar(eventos)
    anotar_fallas(eventos)
