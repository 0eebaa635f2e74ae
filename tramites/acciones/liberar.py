"""«Liberar»: back to the queue (matriz.md §3)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tramites.eventos import TipoEvento
from tramites.models import Gestion
from tramites.reglas.permisos import exigir

from .asignar import asignar
from .guarda import con_candado_de_onsec


def liberar(*, numero: int, actor: Any, version: int, ahora: datetime) -> Gestion:
    """Back to «Por asignar»; the draft verdicts stay with the Gestión (matriz.md §5)."""
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "liberar", version)
        if gestion.asignada_a_id is None:
            return gestion
        return asignar(gestion, None, TipoEvento.LIBERADA, actor, ahora)
