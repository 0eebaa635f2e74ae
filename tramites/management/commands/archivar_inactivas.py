"""`archivar_inactivas`: archive by hand what the daily task would (FB5)."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from tramites.acciones.archivar import archivar_inactivas, simular
from tramites.management.comando import ComandoConFecha


class Command(ComandoConFecha):
    help = "Archiva las Gestiones cuyo plazo venció y cuyo titular fue avisado."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--simular", action="store_true", help="Dice qué haría, sin cambiar nada.")

    def handle(self, *args: Any, **options: Any) -> None:
        hoy, de_prueba = self.hoy(options), options["simular"]
        corrida = simular(hoy=hoy) if de_prueba else archivar_inactivas(hoy=hoy, ahora=timezone.now())
        hecho = "se archivaría, pasó su plazo" if de_prueba else "archivada, pasó su plazo"
        for numero in corrida.archivadas:
            self.stdout.write(f"Gestión No. {numero}: {hecho}.")
        for numero in corrida.en_espera:
            self.stdout.write(f"Gestión No. {numero}: en espera, sin aviso entregado siete días antes.")
        archivadas = f"{'Se archivarían' if de_prueba else 'Archivadas'}: {len(corrida.archivadas)}."
        self.stdout.write(f"{hoy:%d-%m-%Y}. {archivadas} En espera: {len(corrida.en_espera)}.")
        if de_prueba:
            self.stdout.write("Fue una simulación: no se cambió nada.")
