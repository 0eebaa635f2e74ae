"""Invite someone of ONSEC's staff: how a new portal gets its first administración."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils import timezone

from cuentas.acciones.declarar_cui import exigir_propio
from cuentas.acciones.invitar import invitar
from cuentas.formularios import cui_valido
from cuentas.models import Usuario
from escritura import correo as regla_correo


class Command(BaseCommand):
    help = "Abre una cuenta del personal y le envía por correo el enlace para elegir su contraseña."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("correo")
        parser.add_argument("--papel", choices=Usuario.Papel.values, default=Usuario.Papel.ADMINISTRACION)
        parser.add_argument("--nombre", required=True)
        parser.add_argument("--apellido", required=True)
        parser.add_argument("--cui", default="", help="Su CUI. Si falta, se le pide antes de decidir.")

    def handle(self, *args: Any, **opciones: Any) -> None:
        cui = opciones["cui"] or (input("CUI: ") if sys.stdin.isatty() else "")
        persona = Usuario(
            tipo=Usuario.Tipo.PERSONAL,
            email=regla_correo.normal(opciones["correo"]),
            papel=opciones["papel"],
            primer_nombre=opciones["nombre"].upper(),
            primer_apellido=opciones["apellido"].upper(),
        )
        try:
            persona.cui = cui_valido(cui) if cui.strip() else None
            exigir_propio(persona)
            persona.full_clean(exclude=["password", "usuario"])
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        try:
            invitar(persona, actor=None, ahora=timezone.now())
        except IntegrityError as choque:
            raise CommandError("Otra persona abrió esa cuenta a la vez. Revise las del personal.") from choque
        quien = f"{persona.email} ({persona.get_papel_display()})"
        self.stdout.write(f"Invitación para {quien}. El correo puede tardar un minuto en salir.")
