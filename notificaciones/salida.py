"""The door of the outbox: a mail is a row first, and Celery hears of it once it is committed."""

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
    # A lambda: when a robust callback fails, Django logs its __qualname__, which a partial lacks.
    transaction.on_commit(lambda: enviar_correo.delay(correo.pk), robust=True)
    return correo
