"""`manage.py verificar_bitacora`: is the log intact? Names the first bad row and exits with 1."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bitacora.models import Sello
from bitacora.verificacion import verificar

CADA = 100_000


class Command(BaseCommand):
    help = "Comprueba la bitácora contra sus sellos y sus anclas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--desde",
            type=date.fromisoformat,
            metavar="AAAA-MM-DD",
            help="Confía en el ancla de ese día y comprueba lo que sigue.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if hallazgo := verificar(ahora=timezone.now(), desde=options["desde"], avance=self._decir):
            raise CommandError(str(hallazgo))
        self.stdout.write(f"La bitácora está íntegra. Sellos: {Sello.objects.count()}.")

    def _decir(self, vistos: int, de: int) -> None:
        if vistos and vistos % CADA == 0:
            self.stderr.write(f"{vistos} de {de} sellos.")
