"""`barrer_archivos`: erase by hand what the daily task would."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tramites.acciones.barrer_archivos import EDAD, barrer_archivos


class Command(BaseCommand):
    help = "Borra los archivos que ninguna Gestión tiene: lo que dejó un proceso que murió a medias."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--simular", action="store_true", help="Dice cuántos son, sin borrar nada.")

        parser.add_argument(
            "--completo",
            action="store_true",
            help="Mira todas las carpetas, no solo las que cambiaron: tras restaurar una copia. Es lento.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cuantos = barrer_archivos(
            anteriores_a=timezone.now() - EDAD, simular=options["simular"], completo=options["completo"]
        )
        hecho = "Se borrarían, sin borrar nada" if options["simular"] else "Borrados"
        self.stdout.write(f"{hecho}: {cuantos}.")
