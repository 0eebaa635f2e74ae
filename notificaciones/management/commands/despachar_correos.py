"""`despachar_correos`: send now every mail whose turn has come."""

from typing import Any

from django.core.management.base import BaseCommand

from notificaciones.consultas import correos_por_estado
from notificaciones.correo.despacho import despachar_pendientes


class Command(BaseCommand):
    help = "Envía los correos pendientes cuyo turno llegó."

    def handle(self, *args: Any, **options: Any) -> None:
        enviados = despachar_pendientes()
        quedan = correos_por_estado()
        self.stdout.write(
            f"Enviados: {enviados}. Pendientes: {quedan['pendiente'] + quedan['enviando']}. "
            f"Fallidos: {quedan['fallido']}."
        )
