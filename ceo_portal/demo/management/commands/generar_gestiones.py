"""`generar_gestiones N`: fills a base of the demonstration, to see the portal with many of them."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ceo_portal.demo.generacion.generar import HayGenteReal, generar


class Command(BaseCommand):
    """Invented Gestiones by the thousand, with their people, rounds, events and seals."""

    help = "Genera Gestiones inventadas, con sus personas, rondas, eventos y sellos."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("gestiones", type=int, metavar="N", help="cuántas")
        parser.add_argument("--semilla", type=int, default=1, help="otra da otras personas y otras fechas")
        parser.add_argument(
            "--completas",
            type=int,
            default=5,
            metavar="PORCENTAJE",
            help="de las ya terminadas, cuántas guardan toda su historia (5); las abiertas, siempre",
        )
        parser.add_argument("--mezclar", action="store_true", help="aunque la base tenga personas reales")

    def handle(self, *args: Any, **opciones: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Solo en la demostración.")
        n, inicio = opciones["gestiones"], time.monotonic()
        if n < 1 or not 0 <= opciones["completas"] <= 100:
            raise CommandError("Escriba cuántas, desde 1, y un porcentaje de 0 a 100.")
        try:
            hechas = generar(
                n,
                ahora=timezone.now(),
                semilla=opciones["semilla"],
                completas=opciones["completas"] / 100,
                mezclar=opciones["mezclar"],
                avisar=self._avisar,
            )
        except HayGenteReal as falla:
            raise CommandError(
                "Esta base tiene cuentas de personas reales. Use otra, o agregue --mezclar."
            ) from falla
        except ValueError as falla:
            raise CommandError(str(falla)) from falla
        segundos = time.monotonic() - inicio
        self.stdout.write(f"{hechas} Gestiones en {segundos:.1f} s: {hechas / segundos:,.0f} por segundo.")

    def _avisar(self, que: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{que:<60}", ending="")
            self.stdout.flush()
