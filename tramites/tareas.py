"""Celery tasks of the clock: thin, each calls its action with today's date in Guatemala."""

from celery import shared_task
from django.utils import timezone

from .acciones import archivar, avisar_archivado, barrer_archivos, caducar_tomas, cerrar_dias, devolver


@shared_task(ignore_result=True)
def archivar_inactivas() -> None:
    """T5, every day: archive what nobody moved in its months (FB1)."""
    archivar.archivar_inactivas(hoy=timezone.localdate(), ahora=timezone.now())


@shared_task(ignore_result=True)
def enviar_avisos_archivo() -> None:
    """The reminders of the day (FB3)."""
    avisar_archivado.avisar_proximas(hoy=timezone.localdate(), ahora=timezone.now())


@shared_task(ignore_result=True)
def caducar_tomas_viejas() -> None:
    """Takes without an act, or of who left, go back to the queue (matriz.md §5)."""
    devolver.devolver(ahora=timezone.now())
    caducar_tomas.caducar_tomas(hoy=timezone.localdate(), ahora=timezone.now())


@shared_task(ignore_result=True)
def barrer_archivos_sueltos() -> None:
    """Erase the files that a killed process left without a row."""
    barrer_archivos.barrer_archivos(anteriores_a=timezone.now() - barrer_archivos.EDAD)


@shared_task(ignore_result=True)
def cerrar_cifras() -> None:
    """Add up the days that are over, for the statistics."""
    cerrar_dias.cerrar_dias(hoy=timezone.localdate())
