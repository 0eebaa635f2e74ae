"""Whether a notice is owed, and whether it still has a purpose when its mail goes out."""

from collections.abc import Callable

from bitacora.models import Evento
from tramites.acciones.devolver import SIN_ANALISTA
from tramites.eventos import TipoEvento
from tramites.models import AvisoDeArchivado, Causa, Estado
from tramites.reglas.notificacion import evento_del_previo

from .acto import Acto

POR_ARCHIVAR = (Estado.CREACION, Estado.OBSERVADA)


def causa(esperada: Causa) -> Callable[[Acto], bool]:
    """Whether the Gestión was archived for that."""
    return lambda acto: acto.evento.datos["causa"] == esperada


def sin_analista(acto: Acto) -> bool:
    """Whether the Gestión went back because its analyst may not review it any more."""
    return acto.evento.datos.get("causa") == SIN_ANALISTA


def con_justificados(acto: Acto) -> bool:
    """Whether the previo observed what had been verified (matriz.md §5)."""
    return bool(acto.evento.datos["justificados"])


def a_onsec(acto: Acto) -> bool:
    """Whether a file was added to what the office already has (B7.3)."""
    return acto.evento.datos.get("estado") in (Estado.RECIBIDA, Estado.ADMITIDA)


def en_este_ciclo(acto: Acto) -> bool:
    """Whether the clock that the reminder speaks of still runs."""
    aviso = AvisoDeArchivado.objects.filter(evento=acto.evento).first()
    return aviso is not None and aviso.ciclo == acto.gestion.ciclo and acto.gestion.estado in POR_ARCHIVAR


def espera_correccion(acto: Acto) -> bool:
    """Whether that previo, and no later one, waits for its owner."""
    return acto.gestion.en_correccion and acto.evento == evento_del_previo(acto.gestion.numero)


def la_ultima(acto: Acto) -> bool:
    """Whether no later act archived the Gestión or took it up again."""
    vueltas = Evento.objects.filter(
        gestion=acto.evento.gestion, tipo__in=(TipoEvento.ARCHIVADA, TipoEvento.DESARCHIVADA)
    )
    return not vueltas.filter(pk__gt=acto.evento.pk).exists()
