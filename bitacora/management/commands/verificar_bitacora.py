"""`manage.py verificar_bitacora`: is the log intact? Names the first bad row and exits with 1."""

import os
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Max
from django.utils import timezone

from bitacora.models import Sello
from bitacora.verificacion import verificar


class Command(BaseCommand):
    help = "Comprueba la bitácora contra sus sellos y sus anclas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--desde",
            type=date.fromisoformat,
            metavar="AAAA-MM-DD",
            help="Confía en el ancla de ese día y comprueba lo que sigue.",
        )

        parser.add_argument(
            "--procesos",
            type=int,
            default=len(os.sched_getaffinity(0)),
            help="Cuántos la recorren a la vez (%(default)s, los núcleos).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        hallazgo = verificar(
            ahora=timezone.now(), desde=options["desde"], avance=self._decir, procesos=options["procesos"]
        )
        if hallazgo:
            raise CommandError(str(hallazgo))
        sellos = Sello.objects.aggregate(tope=Max("n"))["tope"] or 0
        self.stdout.write(f"La bitácora está íntegra. Sellos: {sellos}.")

    def _decir(self, vistos: int, de: int) -> None:
        if vistos < de:
            self.stderr.write(f"{vistos} de {de} sellos.")
