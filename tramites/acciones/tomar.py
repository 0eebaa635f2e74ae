"""Take a Gestión from the queue, give it back, hand it over: two people never hold one (matriz.md §3)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from bitacora.models import Evento
from cuentas.models import Usuario
from tramites.eventos import TipoEvento
from tramites.models import COLA, Estado, Gestion
from tramites.reglas.permisos import ASIGNADO, NoPermitido, exigir, exigir_papel, papeles_de
from tramites.reglas.rechazos import Conflicto
from tramites.reglas.revision import puede_revisar

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
        return _entregar(gestion, actor, TipoEvento.TOMADA, actor, ahora)


def tomar_siguiente(*, actor: Any, ahora: datetime) -> Gestion | None:
    """The oldest in the queue that nobody holds nor is taking; None when there is none.

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
        return _entregar(gestion, actor, TipoEvento.TOMADA, actor, gestion.momento(ahora))


def liberar(*, numero: int, actor: Any, version: int, ahora: datetime) -> Gestion:
    """Back to «Por asignar»; the draft verdicts stay with the Gestión (§5)."""
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "liberar", version)
        if gestion.asignada_a_id is None:
            return gestion
        return asignar(gestion, None, TipoEvento.LIBERADA, actor, ahora)


def reasignar(*, numero: int, actor: Any, a: Usuario, version: int, ahora: datetime) -> Gestion:
    """Hand it to another analyst or to oneself. Raises `NoPermitido` if `a` may not review it."""
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "reasignar", version)
        if gestion.asignada_a_id == a.pk and puede_revisar(gestion, a):
            return gestion
        return _entregar(gestion, a, TipoEvento.REASIGNADA, actor, ahora)


def _entregar(gestion: Gestion, a: Usuario, tipo: str, actor: Any, ahora: datetime) -> Gestion:
    """Assign it to whoever may review it by now, whatever the page knew. Raises `NoPermitido`."""
    if not puede_revisar(gestion, cuenta := con_candado_de_cuenta(a.pk)):
        raise NoPermitido(f"{a.pk} no puede revisar la Gestión {gestion.numero}")
    return asignar(gestion, cuenta, tipo, actor, ahora)


def con_candado_de_cuenta(pk: int) -> Usuario:
    """An account as it stands, locked until the transaction ends.

    Whoever takes its power away waits, and then frees what this gives it (`devolver`).
    """
    return Usuario.objects.select_for_update(no_key=True).get(pk=pk)


def asignar(gestion: Gestion, a: Any, tipo: str, actor: Any, ahora: datetime, causa: str = "") -> Gestion:
    """Write who has it, or nobody, and the act, with its `causa` if any; the caller holds the row."""
    anterior = gestion.asignada_a_id
    gestion.asignada_a, gestion.asignada_en = a, ahora if a else None
    gestion.version += 1
    gestion.save()
    datos = {"anterior": anterior, "nuevo": a.pk if a else None} | ({"causa": causa} if causa else {})
    Evento.objects.registrar(tipo, actor=actor, gestion=gestion.numero, ahora=ahora, datos=datos)
    return gestion
