"""The expediente is read by staff: an event each time (F3)."""

from datetime import datetime
from typing import Any

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Gestion
from tramites.reglas.permisos import exigir


def leer_expediente(*, gestion: Gestion, actor: Any, ahora: datetime) -> None:
    """A reading of the expediente by staff: each one is an event (matriz.md §3). Raises `NoPermitido`."""
    exigir(gestion, actor, "leer")
    Evento.objects.registrar(TipoEvento.EXPEDIENTE_LEIDO, actor=actor, gestion=gestion.numero, ahora=ahora)
