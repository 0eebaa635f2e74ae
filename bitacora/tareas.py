"""Celery tasks of the log."""

from celery import shared_task
from django.utils import timezone

from bitacora import sellado


@shared_task
def sellar() -> int:
    """Seal what is committed and anchor the day; returns how many events it sealed."""
    return sellado.sellar(ahora=timezone.now())
