"""A paper of ONSEC's is opened by staff: an event each time (F3)."""

from datetime import datetime
from typing import Any

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Gestion
from tramites.reglas.permisos import exigir


def leer_impreso(*, gestion: Gestion, actor: Any, impreso: str, ahora: datetime) -> None:
    """A paper of ONSEC's opened by staff: «constancia», «previo» or «admision». Raises `NoPermitido`."""
    exigir(gestion, actor, "constancia")
    Evento.objects.registrar(
        TipoEvento.IMPRESO_LEIDO, actor=actor, gestion=gestion.numero, ahora=ahora, datos={"papel": impreso}
    )
