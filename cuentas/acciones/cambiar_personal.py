"""Change an account of ONSEC's staff: its role, its names, whether it enters."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bitacora.models import Evento
from cuentas.eventos import TipoEvento
from cuentas.models import Usuario

from .cerrar_sesiones import cerrar_sesiones

# Nobody may change these of their own account: administración could lock itself out.
PROPIOS = frozenset({"papel", "is_active"})


@transaction.atomic
def cambiar_personal(
    persona: Usuario, *, cambios: Mapping[str, Any], actor: Usuario, ahora: datetime
) -> None:
    """Write those fields; the log keeps which, and from what to what only where it is no personal datum.

    Raises PermissionDenied for someone's own role or state. A new role or state ends their sessions (S35).
    """
    # `no_key`: rows that refer to this account (events, takes) can still be inserted while it is locked.
    vigente = Usuario.objects.select_for_update(no_key=True).get(pk=persona.pk, tipo=Usuario.Tipo.PERSONAL)
    nuevos = {campo: valor for campo, valor in cambios.items() if getattr(vigente, campo) != valor}
    if actor.pk == persona.pk and PROPIOS & nuevos.keys():
        raise PermissionDenied
    if not nuevos:
        return
    datos = {"cuenta": persona.pk, "campos": sorted(nuevos)}
    datos |= {campo: [getattr(vigente, campo), nuevos[campo]] for campo in sorted(PROPIOS & nuevos.keys())}
    for campo, valor in nuevos.items():
        setattr(vigente, campo, valor)
    vigente.save(update_fields=nuevos)
    if PROPIOS & nuevos.keys():
        cerrar_sesiones(vigente)
    Evento.objects.registrar(TipoEvento.PERSONAL_CAMBIADO, actor=actor, ahora=ahora, datos=datos)
