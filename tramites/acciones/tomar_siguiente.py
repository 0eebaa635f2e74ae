"""«Tomar siguiente»: the oldest that nobody holds (matriz.md §3)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from tramites.eventos import TipoEvento
from tramites.models import COLA, Estado, Gestion
from tramites.reglas.permisos import exigir_papel

from .asignar import entregar


def tomar_siguiente(*, actor: Any, ahora: datetime) -> Gestion | None:
    """Take the oldest of the queue, skipping rows that somebody else is taking; None if there is none.

    Raises `NoPermitido`, also when the queue is empty.
    """
    exigir_papel(actor, "tomar")
    with transaction.atomic():
        propias = Q(titular_cui=actor.cui) if actor.cui else Q(pk__in=[])
        gestion = (
            Gestion.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(estado=Estado.RECIBIDA, asignada_a=None)
            .exclude(propias)
            .order_by("asignada_a_id", "estado", *COLA)  # as an index walks «Por asignar»
            .first()
        )
        if gestion is None:
            return None
        return entregar(gestion, actor, TipoEvento.TOMADA, actor, gestion.momento(ahora))
