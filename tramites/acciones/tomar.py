"""«Tomar»: two people never hold one (matriz.md §3)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tramites.eventos import TipoEvento
from tramites.models import Estado, Gestion
from tramites.reglas.permisos import ASIGNADO, exigir, papeles_de
from tramites.reglas.rechazos import Conflicto

from .asignar import entregar
from .guarda import con_candado_de_onsec


def tomar(*, numero: int, actor: Any, ahora: datetime) -> Gestion:
    """Assign it to the actor. Raises `Conflicto` when somebody else holds it, `NoPermitido`."""
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        if ASIGNADO in papeles_de(gestion, actor) and gestion.estado == Estado.RECIBIDA:
            return gestion
        exigir(gestion, actor, "tomar")
        if gestion.asignada_a_id:
            raise Conflicto(f"{gestion.asignada_a} ya tomó esta Gestión. Elija otra.")
        return entregar(gestion, actor, TipoEvento.TOMADA, actor, ahora)
