"""What is asked of a previo's mail in the tests of its delivery."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from notificaciones.correo import despacho
from notificaciones.models import Correo
from notificaciones.tareas import enviar_correo
from tramites.models import Gestion


def previo() -> Correo:
    return Correo.objects.get(plantilla="previo")


def releida(gestion: Gestion) -> Gestion:
    return Gestion.objects.get(pk=gestion.pk)


def agotar(correo: Correo) -> None:
    """Every attempt, each in its turn."""
    for _ in range(despacho.INTENTOS_MAXIMOS):
        correo.refresh_from_db()
        with time_machine.travel(max(timezone.now(), correo.proximo_intento_en) + timedelta(seconds=1)):
            enviar_correo(correo.pk)
