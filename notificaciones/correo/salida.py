"""The door of the outbox: a mail is a row first, and Celery hears of it once it is committed."""

from collections.abc import Sequence

from django.db import transaction

from ..models import Correo
from ..tareas import enviar_correo
from .redaccion import en_una_linea

# Somebody waits for these before a screen: they queue behind no notice (ceo_portal/celery.py).
DE_LAS_CUENTAS = "correo-cuentas"
# What a run owes at once goes out by the sweep, in its order: a message a mail costs as much as its row.
MENSAJES_MAXIMOS = 10


def depositar(correos: Sequence[Correo]) -> None:
    """Owe those mails, in the caller's transaction. `ValueError` if a header takes a second line (S25).

    With the broker down the request goes on all the same: the rows wait for the sweep.
    """
    for correo in correos:
        en_una_linea(correo.asunto), en_una_linea(correo.para)
    Correo.objects.bulk_create(correos)
    encolar([correo.pk for correo in correos if not correo.de_una_cuenta])
    encolar([correo.pk for correo in correos if correo.de_una_cuenta], cola=DE_LAS_CUENTAS)


def encolar(pks: list[int], *, cola: str | None = None) -> None:
    """Hand those rows to Celery, once what wrote them is committed."""
    if pks:
        # A lambda: when a robust callback fails, Django logs its __qualname__, which a partial lacks.
        transaction.on_commit(lambda: _pedir(pks[:MENSAJES_MAXIMOS], cola), robust=True)


def _pedir(pks: list[int], cola: str | None) -> None:
    """At the first refusal of the broker the others are not even tried."""
    for pk in pks:
        enviar_correo.apply_async([pk], queue=cola)
