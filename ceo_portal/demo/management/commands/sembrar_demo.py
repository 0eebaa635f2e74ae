"""`sembrar_demo`: the demo's accounts and Gestiones; on a second run it adds nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ceo_portal.demo.guion import sembrar


class Command(BaseCommand):
    """Seed the demonstration by playing the real actions with a given clock."""

    help = "Siembra las cuentas y las Gestiones de demostración."

    def handle(self, *args: Any, **options: Any) -> None:
        nuevas = sembrar(ahora=timezone.now())
        self.stdout.write(f"Demostración lista: {nuevas} Gestiones nuevas.")
