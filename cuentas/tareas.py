"""Celery tasks of the accounts: thin, they call acciones."""

from celery import shared_task
from django.utils import timezone

from .acciones import caducar, recuperar

# A message that nobody took in this time is let go: the sweep finds its row.
CADUCA_S = 10 * 60


@shared_task(ignore_result=True, expires=CADUCA_S)
def atender_recuperacion(pk: int) -> None:
    """Look for whose account a demand speaks of, and owe the mail; repeating it owes nothing twice."""
    recuperar.atender(pk)


@shared_task(ignore_result=True)
def atender_recuperaciones() -> None:
    """The sweep: the demands that no task took."""
    recuperar.atender_pendientes(ahora=timezone.now())


@shared_task(ignore_result=True)
def borrar_caducados() -> None:
    """Sessions past their time, and registrations that nobody confirmed."""
    caducar.borrar_caducados(ahora=timezone.now())
