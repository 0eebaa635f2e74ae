"""`anotar_fallas`: what the daily summary will tell jefatura (matriz.md §7, `aviso_fallido`)."""

from collections.abc import Iterable

from bitacora.models import Evento
from tramites.eventos import TipoEvento

from ..models import FallaPorContar


def anotar_fallas(eventos: Iterable[Evento]) -> None:
    """Leave each failure for the summary, in its own transaction."""
    fallas = [evento for evento in eventos if evento.tipo == TipoEvento.AVISO_FALLIDO]
    FallaPorContar.objects.bulk_create(FallaPorContar(evento=falla) for falla in fallas)
