"""T5: six months of silence, never without a reminder delivered (matriz.md §6, FB1-FB5).

In two forms that write the same rows: one Gestión through its transition, and whole lots at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import AvisoDeArchivado, Causa, Estado, Gestion
from tramites.models.transiciones import momento

from .avisar_archivado import ANTICIPO, archivables, mandar

# A lot holds its rows locked while it lasts: some tens of milliseconds.
LOTE = 800
DIAS_DEL_ULTIMO_AVISO = ANTICIPO.days


class Desenlace(Enum):
    """What becomes of a Gestión whose time is over."""

    ARCHIVADA = "archivada"
    EN_ESPERA = "en espera"


@dataclass
class Corrida:
    """What a run did, by number. A Gestión whose row was locked by somebody else's act is in neither list."""

    archivadas: list[int] = field(default_factory=list)
    en_espera: list[int] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[int, Desenlace]]:
        """(number, outcome) of each one, the archived first."""
        yield from ((numero, Desenlace.ARCHIVADA) for numero in self.archivadas)
        yield from ((numero, Desenlace.EN_ESPERA) for numero in self.en_espera)


class Vencida(NamedTuple):
    """What a lot reads of each Gestión that it locks. The last three columns date its event (`momento`)."""

    numero: int
    archivar_el: date
    estado: str
    avisada: bool
    ultimo_acto_en: datetime | None
    ultima_accion_en: datetime
    admitida_en: datetime | None


def archivar(*, numero: int, hoy: date, ahora: datetime) -> Desenlace | None:
    """Archive one Gestión if on `hoy`, Guatemala's date, its time is over; None if it is not.

    Without a reminder delivered seven days before it waits instead, and what it lacks is sent.
    If its row is locked, somebody is acting on it: it is left for the next run. Repeating it changes nothing.
    """
    with transaction.atomic():
        gestion = _con_candado(hoy).filter(pk=numero).first()
        if gestion is None:
            return None
        ahora = gestion.momento(ahora)
        if not gestion.avisada:
            _esperar([numero], hoy, ahora)
            return Desenlace.EN_ESPERA
        gestion.archivar(ahora)
        gestion.save()
        Evento.objects.registrar(
            TipoEvento.ARCHIVADA, gestion=numero, ahora=ahora, datos=_datos(gestion.estado_al_archivar)
        )
        return Desenlace.ARCHIVADA


def archivar_inactivas(*, hoy: date, ahora: datetime) -> Corrida:
    """Archive all whose time is over on `hoy`, by lots; it writes the same rows as `archivar` one by one."""
    corrida, ultima = Corrida(), (date.min, 0)
    while lote := _archivar_lote(hoy, ahora, tras=ultima):
        for vencida in lote:
            (corrida.archivadas if vencida.avisada else corrida.en_espera).append(vencida.numero)
        ultima = lote[-1].archivar_el, lote[-1].numero
    return corrida


def simular(*, hoy: date) -> Iterator[tuple[int, Desenlace]]:
    """What `archivar_inactivas` would do, by number. It writes nothing, and holds one lot in memory."""
    filas = _vencidas(hoy).order_by("numero").values_list("numero", "avisada")
    for numero, avisada in filas.iterator(chunk_size=LOTE):
        yield numero, Desenlace.ARCHIVADA if avisada else Desenlace.EN_ESPERA


def _archivar_lote(hoy: date, ahora: datetime, tras: tuple[date, int]) -> list[Vencida]:
    """Those that come after that day of archive and number: the order of `tramites_gestion_vence`."""
    siguientes = _con_candado(hoy).filter(TupleGreaterThan(Tuple("archivar_el", "numero"), tras))
    filas = siguientes.order_by("archivar_el", "numero").values_list(*Vencida._fields)
    with transaction.atomic():
        lote = [Vencida(*fila) for fila in filas[:LOTE]]
        ahora = max((momento(ahora, *v[-3:]) for v in lote), default=ahora)
        _cerrar({v.numero: v.estado for v in lote if v.avisada}, ahora)
        _esperar([v.numero for v in lote if not v.avisada], hoy, ahora)
        return lote


def _vencidas(hoy: date) -> QuerySet[Any]:
    """Those whose time is over; `avisada` if a reminder of its cycle was delivered seven days ago (FB3)."""
    a_tiempo = AvisoDeArchivado.objects.filter(
        gestion=OuterRef("pk"), ciclo=OuterRef("ciclo"), entregado_en__date__lte=hoy - ANTICIPO
    )
    return archivables().filter(archivar_el__lte=hoy).annotate(avisada=Exists(a_tiempo))


def _con_candado(hoy: date) -> QuerySet[Any]:
    return _vencidas(hoy).select_for_update(of=("self",), skip_locked=True)


def _cerrar(estados: dict[int, str], ahora: datetime) -> None:
    """The transition `Gestion.archivar`, on all of them at once; number → the state that it had."""
    if not estados:
        return
    Gestion.objects.filter(pk__en=estados).update(
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
    datos = {numero: _datos(estado) for numero, estado in estados.items()}
    Evento.objects.registrar_lote(TipoEvento.ARCHIVADA, ahora=ahora, datos=datos)


def _esperar(numeros: list[int], hoy: date, ahora: datetime) -> None:
    """Alert the office once in a cycle, and send the last reminder if it never went (FB3)."""
    if not numeros:
        return
    gestiones = Gestion.objects.filter(pk__en=numeros)
    nuevas = gestiones.exclude(espera_desde_ciclo=F("ciclo"))
    datos = {numero: {"ciclo": ciclo} for numero, ciclo in nuevas.values_list("numero", "ciclo")}
    Gestion.objects.filter(pk__en=datos).update(espera_desde_ciclo=F("ciclo"), ultimo_acto_en=ahora)
    Evento.objects.registrar_lote(TipoEvento.ARCHIVADO_EN_ESPERA, ahora=ahora, datos=datos)
    avisado = AvisoDeArchivado.objects.filter(
        gestion=OuterRef("pk"), ciclo=OuterRef("ciclo"), dias=DIAS_DEL_ULTIMO_AVISO
    )
    mandar(gestiones.exclude(Exists(avisado)), dias=DIAS_DEL_ULTIMO_AVISO, hoy=hoy, ahora=ahora)


def _datos(estado: str) -> dict[str, str]:
    return {"causa": str(Causa.PLAZO), "estado": str(estado)}
