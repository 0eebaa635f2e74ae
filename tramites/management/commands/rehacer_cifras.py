"""`rehacer_cifras`: the statistics' daily sums, again from the rows."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tramites.acciones.cerrar_dias import cerrar_dias


class Command(BaseCommand):
    help = "Vuelve a sumar, desde las Gestiones, las cifras de todos los días cerrados."

    def handle(self, *args: Any, **options: Any) -> None:
        ayer = cerrar_dias(hoy=timezone.localdate(), todo=True)
        self.stdout.write(f"Cifras sumadas hasta el {ayer:%d-%m-%Y}.")
