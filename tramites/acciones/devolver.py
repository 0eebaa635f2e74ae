"""Free the Gestiones of an analista who may no longer review: back to «Por asignar» (matriz.md §5)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from cuentas.models import Usuario
from tramites.eventos import TipoEvento
from tramites.models import Gestion
from tramites.models.estado import EN_MANO
from tramites.reglas.revision import REVISORES, puede_revisar

from .asignar import asignar

SIN_ANALISTA = "sin_analista"


def devolver(*, ahora: datetime, actor: Any = None, de: int | None = None) -> list[int]:
    """Free what is held by who left, changed role or turned out to be its owner. Returns the numbers freed.

    `de` is one person's key; None, everybody. The draft verdicts stay with the Gestión, and jefatura is
    told of each. Repeating it frees nothing.
    """
    return [numero for numero in list(_huerfanas(de)) if _devolver(numero, actor, ahora)]


def soltar(gestion: Gestion, actor: Any, ahora: datetime) -> bool:
    """Free it if its analyst may no longer review it; the caller holds the row."""
    if gestion.asignada_a is None or puede_revisar(gestion, gestion.asignada_a):
        return False
    asignar(gestion, None, TipoEvento.LIBERADA, actor, ahora, causa=SIN_ANALISTA)
    return True


def _huerfanas(de: int | None) -> QuerySet[Gestion, int]:
    revisa = Q(
        asignada_a__is_active=True, asignada_a__tipo=Usuario.Tipo.PERSONAL, asignada_a__papel__in=REVISORES
    )
    ajena = Q(asignada_a__cui__isnull=True) | ~Q(asignada_a__cui=F("titular_cui"))
    filas = Gestion.objects.filter(estado__in=EN_MANO, asignada_a__isnull=False).exclude(revisa & ajena)
    filas = filas.filter(asignada_a=de) if de else filas
    return filas.order_by("numero").values_list("numero", flat=True)


def _devolver(numero: int, actor: Any, ahora: datetime) -> bool:
    """Look again under the lock: somebody may have acted meanwhile."""
    with transaction.atomic():
        gestion = Gestion.objects.select_for_update(of=("self",)).get(pk=numero)
        return gestion.estado in EN_MANO and soltar(gestion, actor, gestion.momento(ahora))
