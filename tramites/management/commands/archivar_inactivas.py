"""`archivar_inactivas`: archive by hand what the daily task would (FB5)."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.utils import timezone

from tramites.acciones.archivar import Desenlace, archivar_inactivas, simular
from tramites.management.comando import ComandoConFecha


class Command(ComandoConFecha):
    help = "Archiva las Gestiones cuyo plazo venció y cuyo titular fue avisado."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--simular", action="store_true", help="Dice qué haría, sin cambiar nada.")

    def handle(self, *args: Any, **options: Any) -> None:
        hoy, de_prueba = self.hoy(options), options["simular"]
        corrida = simular(hoy=hoy) if de_prueba else archivar_inactivas(hoy=hoy, ahora=timezone.now())
        dicho = {
            Desenlace.ARCHIVADA: f"{'se archivaría' if de_prueba else 'archivada'}, pasó su plazo",
            Desenlace.EN_ESPERA: "en espera, sin aviso entregado siete días antes",
        }
        cuantas: Counter[Desenlace] = Counter()
        for numero, desenlace in corrida:
            self.stdout.write(f"Gestión No. {numero}: {dicho[desenlace]}.")
            cuantas[desenlace] += 1
        archivadas = f"{'Se archivarían' if de_prueba else 'Archivadas'}: {cuantas[Desenlace.ARCHIVADA]}."
        self.stdout.write(f"{hoy:%d-%m-%Y}. {archivadas} En espera: {cuantas[Desenlace.EN_ESPERA]}.")
        if de_prueba:
            self.stdout.write("Fue una simulación: no se cambió nada.")
