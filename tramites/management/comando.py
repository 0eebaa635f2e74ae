"""The commands that take «hoy» as an argument."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from escritura.signos import cifras

ULTIMO_ANIO = 2999  # the term's arithmetic goes past the date given, and the calendar ends in 9999


class ComandoConFecha(BaseCommand):
    """Takes `--fecha`, which stands for today's date and for nothing else (FB5)."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fecha", metavar="AAAA-MM-DD", help="Día que se toma como hoy.")

    def hoy(self, options: dict[str, Any]) -> date:
        """The date given, or today's in Guatemala; `CommandError` when there is no such date."""
        texto = options["fecha"]
        if not texto:
            return timezone.localdate()
        try:
            dia = date.fromisoformat(cifras(texto).strip())
        except ValueError:
            raise CommandError(
                f"«{texto}» no es una fecha. Escríbala así: AAAA-MM-DD, por ejemplo 2026-12-31."
            ) from None
        if dia.year > ULTIMO_ANIO:
            raise CommandError(f"«{texto}» es una fecha muy lejana. El último año posible es {ULTIMO_ANIO}.")
        return dia
