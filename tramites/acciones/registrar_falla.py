"""The mail of an act failed for good: the office is told (matriz.md §6, D2)."""

from datetime import datetime

from bitacora.models import Evento
from tramites.eventos import TipoEvento


def registrar_falla(*, evento_id: int, ahora: datetime) -> None:
    """The mail of an act on a Gestión failed for good: the office is told, nothing is undone (D2)."""
    evento = Evento.objects.get(pk=evento_id)
    if evento.gestion is not None:
        Evento.objects.registrar(
            TipoEvento.AVISO_FALLIDO,
            gestion=evento.gestion,
            ahora=ahora,
            datos={"aviso": evento.tipo, "evento": evento.pk},
        )
