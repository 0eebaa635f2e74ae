"""Sends what the outbox owes.

A mail goes out once, unless a process dies between the server's 250 and our commit: then its turn
comes again after PRESTAMO and it is sent a second time with the same Message-ID. Repeating is the
lesser evil; losing one would be worse.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tramites.acciones.registrar_entrega import Medio, registrar_entrega
from tramites.acciones.registrar_falla import registrar_falla

from ..models import Correo, CorreoQuerySet
from .cartero import Cartero
from .rechazo import es_definitivo, exigir_direccion
from .redaccion import redactar
from .vigencia import al_dia, direccion

# Nobody alive holds a mail this long: twelve times EMAIL_TIMEOUT, and a conversation has ten turns.
PRESTAMO = timedelta(minutes=3)
ESPERA_MINIMA = timedelta(minutes=1)
ESPERA_MAXIMA = timedelta(hours=6)
INTENTOS_MAXIMOS = 12  # about twenty hours: a mail server that falls in the evening is back by then

# Keys of mails in memory at a time, however many are owed.
LOTE = 200

logger = structlog.get_logger(__name__)


def despachar_pendientes(*, hasta: datetime | None = None) -> int:
    """Send every mail whose turn has come; returns how many went out. Any number may run at once.

    None is begun after `hasta`: the rest waits for the next sweep.
    """
    turno = takewhile(lambda _: hasta is None or timezone.now() < hasta, _por_turno(timezone.now()))
    with Cartero() as cartero:
        return sum(_despachar(pk, cartero) for pk in turno)


def _por_turno(ahora: datetime) -> Iterator[int]:
    """The keys of what is due then. Somebody waits for a link before a screen; a notice waits for nobody."""
    pendientes = Correo.objects.por_enviar(ahora).order_by("proximo_intento_en", "pk")
    yield from _por_lotes(pendientes.filter(gestion=None))
    yield from _por_lotes(pendientes.exclude(gestion=None))


def _por_lotes(correos: CorreoQuerySet) -> Iterator[int]:
    """Their keys, `LOTE` asked for at a time after the last one: what stays due does not come again."""
    siguientes = correos
    while lote := list(siguientes.values_list("proximo_intento_en", "pk")[:LOTE]):
        yield from (pk for _, pk in lote)
        hora, ultimo = lote[-1]
        tras = Q(proximo_intento_en__gt=hora) | Q(proximo_intento_en=hora, pk__gt=ultimo)
        siguientes = correos.filter(tras, proximo_intento_en__gte=hora)


def despachar(pk: int) -> bool:
    """Send one mail, if its turn has come and nobody else has it; True when the server took it."""
    with Cartero() as cartero:
        return _despachar(pk, cartero)


def _despachar(pk: int, cartero: Cartero) -> bool:
    correo = _tomar(pk)
    if correo is None:
        return False
    try:
        if not al_dia(correo, ahora=timezone.now()):
            _caducar(correo)
            return False
        correo.para = direccion(correo)
        exigir_direccion(correo.para)
        cartero.llevar(redactar(correo))
    except Exception as error:  # whatever went wrong, this mail waits and the others go on
        _aplazar(correo, error)
        return False
    except BaseException:  # whoever sends is being stopped: nobody waits for the lease to run out
        _cerrar(correo, estado=Correo.Estado.PENDIENTE, proximo_intento_en=timezone.now())
        raise
    _entregar(correo)
    return True


def espera(intentos: int) -> timedelta:
    """How long to wait after that many failures: double each time, up to ESPERA_MAXIMA."""
    return min(ESPERA_MINIMA * 2 ** (intentos - 1), ESPERA_MAXIMA)


def _tomar(pk: int) -> Correo | None:
    """Mark the row as ours and commit before sending: the attempt counts even if we die in it.

    On PostgreSQL a rival skips the locked row; on SQLite, BEGIN IMMEDIATE makes it queue and then
    find the row no longer due.
    """
    ahora = timezone.now()
    with transaction.atomic():
        libres = Correo.objects.select_for_update(skip_locked=True, of=("self",)).por_enviar(ahora)
        correo = libres.select_related("evento", "destinatario").filter(pk=pk).first()
        if correo is None:
            return None
        if correo.intentos >= INTENTOS_MAXIMOS:  # taken so often and never closed: it kills who takes it
            _fallar(correo)
            return None
        correo.estado, correo.tomado_en = Correo.Estado.ENVIANDO, ahora
        correo.intentos, correo.proximo_intento_en = correo.intentos + 1, ahora + PRESTAMO
        correo.save(update_fields=["estado", "tomado_en", "intentos", "proximo_intento_en"])
        return correo


def _entregar(correo: Correo) -> None:
    """The server took it: the delivery of its act counts from now (FB0).

    A mail of no event carries a one-use link: it need not stay written here.
    """
    ahora = timezone.now()
    with transaction.atomic():
        _cerrar(correo, estado=Correo.Estado.ENVIADO, enviado_en=ahora, **_dicho(correo))
        if correo.evento_id:
            registrar_entrega(evento_id=correo.evento_id, entregado_en=ahora, medio=Medio.CORREO)


def _caducar(correo: Correo) -> None:
    """What it would say is not so any more: nobody is sent it, and nothing failed."""
    logger.info("correo_caducado", correo=correo.pk, plantilla=correo.plantilla)
    _cerrar(correo, estado=Correo.Estado.CADUCADO, **_dicho(correo))


def _dicho(correo: Correo) -> dict[str, Any]:
    """What stays written of a mail that is over: its words, but not the link that is used once (S40)."""
    return {
        "para": correo.para,
        "asunto": correo.asunto,
        "contexto": correo.contexto if correo.evento_id else {},
    }


def _aplazar(correo: Correo, error: Exception) -> None:
    # The address may stand in the error's text: that goes to the row, never to the log.
    clase, intentos = type(error).__name__, correo.intentos
    logger.warning("correo_no_enviado", correo=correo.pk, intentos=intentos, error=clase)
    ultimo_error = f"{clase}: {error}"[:500]
    if es_definitivo(error) or intentos >= INTENTOS_MAXIMOS:
        _fallar(correo, ultimo_error=ultimo_error)
        return
    _cerrar(
        correo,
        estado=Correo.Estado.PENDIENTE,
        proximo_intento_en=timezone.now() + espera(correo.intentos),
        ultimo_error=ultimo_error,
    )


def _fallar(correo: Correo, **cambios: Any) -> None:
    """No more attempts: the office is told of what a Gestión owed its owner (matriz.md §7)."""
    with transaction.atomic():
        if _cerrar(correo, estado=Correo.Estado.FALLIDO, **cambios) and correo.evento_id:
            registrar_falla(evento_id=correo.evento_id, ahora=timezone.now())


def _cerrar(correo: Correo, **cambios: Any) -> bool:
    """Write the outcome, only while the row is still the one we took; whether it was."""
    return Correo.objects.filter(pk=correo.pk, tomado_en=correo.tomado_en).update(**cambios) == 1
