"""«Reasignar»: jefatura hands it over (matriz.md §3)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cuentas.models import Usuario
from tramites.eventos import TipoEvento
from tramites.models import Gestion
from tramites.reglas.permisos import exigir
from tramites.reglas.revision import puede_revisar

from .asignar import entregar
from .guarda import con_candado_de_onsec


def reasignar(*, numero: int, actor: Any, a: Usuario, version: int, ahora: datetime) -> Gestion:
    """Hand it to another analyst or to oneself. Raises `NoPermitido` if `a` may not review it."""
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "reasignar", version)
        if gestion.asignada_a_id == a.pk and puede_revisar(gestion, a):
            return gestion
        return entregar(gestion, a, TipoEvento.REASIGNADA, actor, ahora)
