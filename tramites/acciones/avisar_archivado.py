"""The reminders before archiving: 90, 30, 7 and 1 days before the last day (matriz.md §6, FB3)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import AvisoDeArchivado, Estado, Gestion

DIAS = (90, 30, 7, 1)
# A reminder must be in its owner's hands this long before the archive.
ANTICIPO = timedelta(days=7)
LOTE = 500


def archivables() -> QuerySet[Gestion]:
    """What the clock may archive: what was returned and, with ARCHIVAR_BORRADORES, the drafts (FB2)."""
    estados = [Estado.OBSERVADA] + ([Estado.CREACION] if settings.ARCHIVAR_BORRADORES else [])
    return Gestion.objects.filter(estado__in=estados, base_plazo__isnull=False)


def avisar_proximas(*, hoy: date, ahora: datetime) -> list[int]:
    """Send today's reminders; the numbers of the Gestiones told. Repeating it sends nothing twice."""
    return [
        numero for numero in list(_por_avisar(hoy)) if avisar_archivado(numero=numero, hoy=hoy, ahora=ahora)
    ]


def avisar_archivado(*, numero: int, hoy: date, ahora: datetime) -> bool:
    """Send the reminder of `hoy` of one Gestión, if it has one and it was not sent.

    If the row is locked, somebody is acting on it: the reminder goes in the next run, if it is still due.
    """
    with transaction.atomic():
        candado = archivables().select_for_update(skip_locked=True)
        gestion = candado.prefetch_related("avisos_de_archivado").filter(pk=numero).first()
        dias = _aviso_pendiente(gestion, hoy) if gestion else None
        if gestion is None or dias is None:
            return False
        mandar([gestion], dias=dias, hoy=hoy, ahora=gestion.momento(ahora))
        gestion.save(update_fields=["ultimo_acto_en"])
        return True


def mandar(gestiones: Iterable[Gestion], *, dias: int, hoy: date, ahora: datetime) -> None:
    """Register the reminder of those `dias`: its event, which makes the notices, and its row."""
    por_numero = {g.numero: g for g in gestiones}
    eventos = Evento.objects.registrar_lote(
        TipoEvento.AVISO_DE_ARCHIVADO,
        ahora=ahora,
        datos={numero: _datos(gestion, dias, hoy) for numero, gestion in por_numero.items()},
    )
    AvisoDeArchivado.objects.bulk_create(
        AvisoDeArchivado(
            gestion=por_numero[e.gestion], ciclo=por_numero[e.gestion].ciclo, dias=dias, evento=e
        )
        for e in eventos
        if e.gestion
    )


def aviso_de(ultimo: date, base: date, hoy: date) -> int | None:
    """Which reminder is due on `hoy`: the nearest whose day came, none of before `base` (matriz.md §6)."""
    llegados = [dias for dias in DIAS if base <= ultimo - timedelta(days=dias) <= hoy]
    return min(llegados, default=None) if hoy <= ultimo else None


def _por_avisar(hoy: date) -> Iterator[int]:
    cercanas = archivables().filter(archivar_el__gt=hoy, archivar_el__lte=hoy + timedelta(days=max(DIAS) + 1))
    for gestion in cercanas.prefetch_related("avisos_de_archivado").order_by("numero").iterator(LOTE):
        if _aviso_pendiente(gestion, hoy) is not None:
            yield gestion.numero


def _aviso_pendiente(gestion: Gestion, hoy: date) -> int | None:
    """The reminder due today, unless it or a nearer one was sent in this cycle."""
    if gestion.ultimo_dia is None or gestion.base_plazo is None:
        return None
    dias = aviso_de(gestion.ultimo_dia, gestion.base_plazo, hoy)
    enviados = {a.dias for a in gestion.avisos_de_archivado.all() if a.ciclo == gestion.ciclo}
    return dias if dias is not None and all(enviado > dias for enviado in enviados) else None


def _datos(gestion: Gestion, dias: int, hoy: date) -> dict[str, object]:
    """What the notice says. If the time is over and only the notice is missing, the day that it allows."""
    assert gestion.archivar_el  # noqa: S101  (`archivables` have their clock running)
    archivar_el = gestion.archivar_el if gestion.archivar_el > hoy else hoy + ANTICIPO
    return {
        "dias": dias,
        "quedan": (archivar_el - hoy).days - (1 if gestion.archivar_el > hoy else 0),
        "archivar_el": archivar_el.isoformat(),
        "estado": str(gestion.estado),
    }
