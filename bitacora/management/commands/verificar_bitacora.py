"""`manage.py verificar_bitacora`: is the log intact? Names the first bad row and exits with 1."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bitacora.models import Sello
from bitacora.verificacion import verificar


class Command(BaseCommand):
    help = "Comprueba la bitácora contra sus sellos y sus anclas."

    def handle(self, *args: Any, **options: Any) -> None:
        if hallazgo := verificar(ahora=timezone.now()):
            raise CommandError(str(hallazgo))
        self.stdout.write(f"La bitácora está íntegra. Sellos: {Sello.objects.count()}.")
