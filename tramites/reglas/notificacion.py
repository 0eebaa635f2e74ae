"""Whether the person was told of the previo (matriz.md §6, FB0)."""

from collections.abc import Iterable

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Gestion

AVISADO = (TipoEvento.PREVIO_EMITIDO, TipoEvento.AVISO_FALLIDO)


def evento_del_previo(numero: int) -> Evento | None:
    """The act that issued the last previo of a Gestión."""
    return Evento.objects.filter(gestion=numero, tipo=TipoEvento.PREVIO_EMITIDO).order_by("id").last()


def previo_sin_entregar(gestion: Gestion, avisos: Iterable[Evento] | None = None) -> bool:
    """Whether the mail of the current previo failed for good and nobody has been notified since.

    `avisos` are its notices' events, newest first, when they were read already.
    """
    if gestion.notificada_en:
        return False
    if avisos is None:
        avisos = Evento.objects.filter(gestion=gestion.numero, tipo__in=AVISADO).order_by("-id")
    eventos = list(avisos)
    previo = next((e.pk for e in eventos if e.tipo == TipoEvento.PREVIO_EMITIDO), None)
    fallados = {e.datos.get("evento") for e in eventos if e.tipo == TipoEvento.AVISO_FALLIDO}
    return previo is not None and previo in fallados
