"""Celery tasks of the outbox: thin, `despacho` does the work."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from .acciones import resumir_fallidos as resumen
from .correo import despacho

# Under a minute, the clock's: whoever stops the worker waits for this and for the mail in hand.
CORRIDA = timedelta(seconds=40)
# A message that nobody took in this time is let go: the sweep finds its row.
CADUCA_S = 10 * 60


@shared_task(ignore_result=True, expires=CADUCA_S)
def enviar_correo(pk: int) -> None:
    """Send one mail just committed; repeating it sends nothing twice."""
    despacho.despachar(pk)


@shared_task(ignore_result=True)
def despachar_correos() -> None:
    """The sweep: what no task took, what failed and what a dead process left."""
    despacho.despachar_pendientes(hasta=timezone.now() + CORRIDA)


@shared_task(ignore_result=True)
def resumir_fallidos() -> None:
    """Tell jefatura which notices failed up to yesterday, Guatemala's."""
    ahora = timezone.now()
    resumen.resumir_fallidos(hasta=timezone.localdate(ahora) - timedelta(days=1), ahora=ahora)
