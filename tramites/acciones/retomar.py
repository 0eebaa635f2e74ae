"""T7a: its owner takes up again a draft archived by time (FB2)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tramites.models import Gestion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import Conflicto

from .desarchivar import volver
from .guarda import con_candado


def retomar(*, numero: int, actor: Any, ahora: datetime) -> Gestion:
    """Its owner takes up again a draft archived by time, without jefatura (FB2). Raises `Conflicto`."""
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "retomar")
        if not gestion.retomable:
            raise Conflicto("Esta Gestión está archivada. Llame a ONSEC si desea continuarla.")
        return volver(gestion, actor, "retomada", ahora)
