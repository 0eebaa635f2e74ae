"""Who has a Gestión in hand: what taking, handing over and freeing it write alike."""

from datetime import datetime
from typing import Any

from bitacora.models import Evento
from cuentas.models import Usuario
from tramites.models import Gestion
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.revision import puede_revisar

from .guarda import con_candado_de_cuenta


def entregar(gestion: Gestion, a: Usuario, tipo: str, actor: Any, ahora: datetime) -> Gestion:
    """Assign it to `a`, read again under a lock. Raises `NoPermitido` if they may not review it."""
    if not puede_revisar(gestion, cuenta := con_candado_de_cuenta(a.pk)):
        raise NoPermitido(f"{a.pk} no puede revisar la Gestión {gestion.numero}")
    return asignar(gestion, cuenta, tipo, actor, ahora)


def asignar(gestion: Gestion, a: Any, tipo: str, actor: Any, ahora: datetime, causa: str = "") -> Gestion:
    """Write who has it (None: nobody) and the event, with its `causa` if any. The caller holds the lock."""
    anterior = gestion.asignada_a_id
    gestion.asignada_a, gestion.asignada_en = a, ahora if a else None
    gestion.version += 1
    gestion.save()
    datos = {"anterior": anterior, "nuevo": a.pk if a else None} | ({"causa": causa} if causa else {})
    Evento.objects.registrar(tipo, actor=actor, gestion=gestion.numero, ahora=ahora, datos=datos)
    return gestion
