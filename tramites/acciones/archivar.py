"""T5: six months of silence, never without a reminder delivered (matriz.md §6, FB1-FB5).

In two forms that write the same rows: one Gestión through its transition, and whole lots at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import AvisoArchivo, Causa, Estado, Gestion

from .avisar_archivo import ANTICIPO, archivables, mandar

LOTE = 500
DIAS_DEL_ULTIMO_AVISO = ANTICIPO.days


class Desenlace(Enum):
    """What becomes of a Gestión whose time is over."""

    ARCHIVADA = "archivada"
    EN_ESPERA = "en espera"


@dataclass
class Corrida:
    """The numbers of a run; whoever was acting is in neither list."""

    archivadas: list[int] = field(default_factory=list)
    en_espera: list[int] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[int, Desenlace]]:
        """Each number with what became of it: first those archived."""
        yield from ((numero, Desenlace.ARCHIVADA) for numero in self.archivadas)
        yield from ((numero, Desenlace.EN_ESPERA) for numero in self.en_espera)


def archivar(*, numero: int, hoy: date, ahora: datetime) -> Desenlace | None:
    """Archive one Gestión if on `hoy`, Guatemala's date, its time is over; None if it is not.

    Without a reminder delivered seven days before it waits instead, and what it lacks is sent.
    Whoever holds the row is acting and wins. Repeating it changes nothing.
    """
    with transaction.atomic():
        gestion = _con_candado(hoy).filter(pk=numero).first()
        if gestion is None:
            return None
        ahora = gestion.momento(ahora)
        if not avisada(gestion, hoy):
            _esperar([gestion], hoy, ahora)
            return Desenlace.EN_ESPERA
        gestion.archivar(ahora)
        gestion.save()
        Evento.objects.registrar(
            TipoEvento.ARCHIVADA, gestion=numero, ahora=ahora, datos=_datos(gestion.estado_al_archivar)
        )
        return Desenlace.ARCHIVADA


def archivar_inactivas(*, hoy: date, ahora: datetime) -> Corrida:
    """Archive all whose time is over on `hoy`, in lots: the very rows that `archivar` writes one by one."""
    corrida, ultimo = Corrida(), 0
    while lote := _archivar_lote(hoy, ahora, desde=ultimo):
        for gestion in lote:
            numeros = corrida.archivadas if avisada(gestion, hoy) else corrida.en_espera
            numeros.append(gestion.numero)
        ultimo = lote[-1].numero
    return corrida


def simular(*, hoy: date) -> Iterator[tuple[int, Desenlace]]:
    """What `archivar_inactivas` would do, by number; nothing is touched, and a lot at most is in memory."""
    for gestion in _vencidas(hoy).order_by("numero").iterator(chunk_size=LOTE):
        yield gestion.numero, Desenlace.ARCHIVADA if avisada(gestion, hoy) else Desenlace.EN_ESPERA


def avisada(gestion: Gestion, hoy: date) -> bool:
    """Whether a reminder of its cycle was delivered seven days before `hoy` or earlier (FB3)."""
    return any(
        timezone.localdate(aviso.entregado_en) <= hoy - ANTICIPO
        for aviso in _avisos(gestion)
        if aviso.entregado_en
    )


def _archivar_lote(hoy: date, ahora: datetime, desde: int) -> list[Gestion]:
    with transaction.atomic():
        lote = list(_con_candado(hoy).filter(pk__gt=desde).order_by("numero")[:LOTE])
        ahora = max((g.momento(ahora) for g in lote), default=ahora)
        _cerrar([g for g in lote if avisada(g, hoy)], ahora)
        _esperar([g for g in lote if not avisada(g, hoy)], hoy, ahora)
        return lote


def _vencidas(hoy: date) -> QuerySet[Gestion]:
    return archivables().filter(archivar_el__lte=hoy).prefetch_related("avisos_archivo")


def _con_candado(hoy: date) -> QuerySet[Gestion]:
    return _vencidas(hoy).select_for_update(of=("self",), skip_locked=True)


def _cerrar(gestiones: list[Gestion], ahora: datetime) -> None:
    """The transition `Gestion.archivar`, on all of them at once."""
    Gestion.objects.filter(pk__in=[g.pk for g in gestiones]).update(
        estado_al_archivar=F("estado"),
        estado=Estado.ARCHIVADA,
        causa_archivo=Causa.PLAZO,
        archivada_en=ahora,
        ultimo_acto_en=ahora,
        version=F("version") + 1,
        en_cola_desde=None,
        base_plazo=None,
        archivar_el=None,
    )
    datos = {g.numero: _datos(g.estado) for g in gestiones}
    Evento.objects.registrar_lote(TipoEvento.ARCHIVADA, ahora=ahora, datos=datos)


def _esperar(gestiones: list[Gestion], hoy: date, ahora: datetime) -> None:
    """Alert the office once in a cycle, and send the last reminder if it never went (FB3)."""
    nuevas = [g for g in gestiones if g.espera_desde_ciclo != g.ciclo]
    Gestion.objects.filter(pk__in=[g.pk for g in nuevas]).update(
        espera_desde_ciclo=F("ciclo"), ultimo_acto_en=ahora
    )
    Evento.objects.registrar_lote(
        TipoEvento.ARCHIVO_EN_ESPERA, ahora=ahora, datos={g.numero: {"ciclo": g.ciclo} for g in nuevas}
    )
    sin_aviso = [g for g in gestiones if all(a.dias != DIAS_DEL_ULTIMO_AVISO for a in _avisos(g))]
    mandar(sin_aviso, dias=DIAS_DEL_ULTIMO_AVISO, hoy=hoy, ahora=ahora)


def _avisos(gestion: Gestion) -> list[AvisoArchivo]:
    """The reminders of the current cycle."""
    return [aviso for aviso in gestion.avisos_archivo.all() if aviso.ciclo == gestion.ciclo]


def _datos(estado: str) -> dict[str, str]:
    return {"causa": str(Causa.PLAZO), "estado": str(estado)}
