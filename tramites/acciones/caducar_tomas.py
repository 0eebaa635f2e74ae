"""A take without an act goes back to the queue by itself (matriz.md §5)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.habiles import Calendario
from tramites.models import AsuetoExtra, Estado, Gestion

from .asignar import asignar

DIAS_HABILES = 5
# Reading is no act here: the Gestión waits for somebody to do something.
ACTOS = (
    TipoEvento.RENGLON_JUZGADO,
    TipoEvento.PASO_JUZGADO,
    TipoEvento.NOTA_INTERNA,
    TipoEvento.DATOS_INTERNOS,
)


def caducar_tomas(*, hoy: date, ahora: datetime) -> list[int]:
    """Free what nobody acted on in five working days after taking it. Returns the numbers freed.

    The draft verdicts stay with the Gestión. Whoever holds the row is acting. Repeating it frees nothing.
    """
    calendario = AsuetoExtra.objects.calendario()
    caducas = [numero for numero, acto in _ultimos_actos() if caduca(acto, hoy, calendario)]
    return [numero for numero in caducas if _caducar(numero, hoy, calendario, ahora)]


def caduca(ultimo_acto: datetime, hoy: date, calendario: Calendario) -> bool:
    """Whether the fifth working day after that act is over."""
    return hoy > calendario.despues(timezone.localdate(ultimo_acto), DIAS_HABILES)


def _tomadas() -> QuerySet[Gestion]:
    return Gestion.objects.filter(estado=Estado.RECIBIDA, asignada_a__isnull=False, asignada_en__isnull=False)


def _ultimos_actos(**cuales: int) -> list[tuple[int, datetime]]:
    """Of each one that someone has, when they last acted on it; the take itself counts."""
    actos = Evento.objects.filter(gestion=OuterRef("numero"), actor=OuterRef("asignada_a"), tipo__in=ACTOS)
    ultimo = Subquery(actos.order_by().values("gestion").annotate(u=Max("ocurrido_en")).values("u"))
    desde = Greatest("asignada_en", Coalesce(ultimo, "asignada_en"))
    filas = _tomadas().filter(**cuales).order_by("numero").annotate(desde=desde)
    return list(filas.values_list("numero", "desde"))


def _caducar(numero: int, hoy: date, calendario: Calendario, ahora: datetime) -> bool:
    """Look again under the lock: someone may have acted, or handed it over, meanwhile."""
    with transaction.atomic():
        gestion = _tomadas().select_for_update(of=("self",), skip_locked=True).filter(pk=numero).first()
        actos = dict(_ultimos_actos(pk=numero)) if gestion else {}
        if gestion is None or not caduca(actos[numero], hoy, calendario):
            return False
        asignar(gestion, None, TipoEvento.TOMA_CADUCADA, None, gestion.momento(ahora))
        return True
