"""`exportar_expediente N --salida f.zip`: the copy of an expediente (contrato.md)."""

import os
import shutil
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cuentas.models import Usuario
from mesa.exportacion import preparar
from tramites.consultas.expediente import abrir
from tramites.models import Gestion
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import AccionRechazada


class Command(BaseCommand):
    help = "Escribe en un ZIP lo que se envió de una Gestión, con su índice y su historial."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("numero", type=int, metavar="N", help="Número de Gestión.")
        parser.add_argument("--salida", type=Path, required=True, metavar="f.zip", help="Dónde se escribe.")
        parser.add_argument(
            "--actor",
            metavar="CORREO",
            help="Quién la pide, del personal. Sin esto, la bitácora dice «sistema».",
        )
        parser.add_argument("--motivo", default="", help="Por qué; auditoría debe escribirlo.")

    def handle(self, *args: Any, **options: Any) -> None:
        salida: Path = options["salida"]
        if options["motivo"] and not options["actor"]:
            raise CommandError("El motivo queda a nombre de alguien: diga también --actor.")
        try:
            gestion = abrir(options["numero"])
            actor = _actor(options["actor"])
            with preparar(
                gestion=gestion, actor=actor, motivo=options["motivo"], ahora=timezone.now()
            ) as copia:
                _guardar(copia, salida)
        except Gestion.DoesNotExist:
            raise CommandError(f"No existe la Gestión No. {options['numero']}.") from None
        except NoPermitido:
            raise CommandError(f"El papel de {options['actor']} no permite exportar esta Gestión.") from None
        except AccionRechazada as rechazo:
            raise CommandError(rechazo.mensaje) from None
        except OSError as falla:
            raise CommandError(f"No se pudo escribir {salida}: {falla.strerror}.") from falla
        self.stdout.write(f"Gestión No. {gestion.numero}: se escribió {salida}.")


def _actor(correo: str | None) -> Usuario | None:
    if not correo:
        return None
    personal = Usuario.objects.filter(tipo=Usuario.Tipo.PERSONAL, is_active=True)
    actor = personal.filter(email__iexact=correo).first()
    if actor is None:
        raise CommandError(f"No hay nadie del personal, activo, con el correo {correo}.")
    return actor


def _guardar(copia: IO[bytes], salida: Path) -> None:
    """The whole file or none: never a half under its name; only its owner may read it."""
    with NamedTemporaryFile(dir=salida.parent, prefix=f".{salida.name}.", delete=False) as parcial:
        try:
            shutil.copyfileobj(copia, parcial)
            parcial.flush()
            os.fsync(parcial.fileno())
            os.replace(parcial.name, salida)
        except BaseException:
            Path(parcial.name).unlink(missing_ok=True)
            raise
