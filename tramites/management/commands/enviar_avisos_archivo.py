"""`enviar_avisos_archivo`: send by hand the reminders of a day (FB3)."""

from typing import Any

from django.utils import timezone

from tramites.acciones.avisar_archivado import avisar_proximas
from tramites.management.comando import ComandoConFecha


class Command(ComandoConFecha):
    help = "Manda los avisos de que el plazo se acerca: 90, 30, 7 y 1 días antes del último día."

    def handle(self, *args: Any, **options: Any) -> None:
        hoy = self.hoy(options)
        avisadas = avisar_proximas(hoy=hoy, ahora=timezone.now())
        for numero in avisadas:
            self.stdout.write(f"Gestión No. {numero}: aviso enviado.")
        self.stdout.write(f"{hoy:%d-%m-%Y}. Avisos: {len(avisadas)}. Salen con «despachar_correos».")
