"""The door of the outbox: a mail is a row first, and Celery hears of it once it is committed."""

from functools import partial
from typing import Any

from django.db import transaction

from .models import Correo
from .redaccion import en_una_linea
from .tareas import enviar_correo


def depositar(*, asunto: str, para: str, **campos: Any) -> Correo:
    """Owe a mail, in the caller's transaction. `ValueError` if a header would take a second line (S25).

    With the broker down the request goes on all the same: the row waits for the sweep.
    """
    correo = Correo.objects.create(asunto=en_una_linea(asunto), para=en_una_linea(para), **campos)
    transaction.on_commit(partial(enviar_correo.apply_async, (correo.pk,), retry=False), robust=True)
    return correo
