"""Cipher again, with the SECRET_KEY of now, what an earlier one ciphered, so that it can be dropped."""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cuentas.segundo_factor.adaptador import recifrar
from cuentas.segundo_factor.codigos import POR_MOSTRAR

CIFRADOS = {"secret", "seed", "migrated_codes", POR_MOSTRAR}
LO_DEMAS = (
    "Las sesiones, los enlaces de los correos y los equipos conocidos firmados con la clave anterior "
    "siguen sirviendo mientras esté en SECRET_KEY_FALLBACKS. Déjela ahí tres días más."
)


class Command(BaseCommand):
    help = "Cifra otra vez los segundos factores con la SECRET_KEY vigente, tras cambiarla."

    def handle(self, *args: Any, **opciones: Any) -> None:
        factores = Authenticator.objects.order_by("pk")
        ilegibles = [pk for pk in factores.values_list("pk", flat=True) if not _uno(pk)]
        total = len(factores)
        self.stdout.write(f"{total - len(ilegibles)} de {total} quedan cifrados con la clave vigente.")
        if ilegibles:
            cuentas = {f.user_id for f in factores if f.pk in ilegibles}
            raise CommandError(
                "Ninguna clave lee los de las cuentas "
                + ", ".join(map(str, sorted(cuentas)))
                + ". Ponga la anterior en SECRET_KEY_FALLBACKS, o quíteles la verificación en dos pasos."
            )
        self.stdout.write(LO_DEMAS)


@transaction.atomic
def _uno(pk: int) -> bool:
    """Whether that one can be read; a code being used waits for its row."""
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if factor is None:
        return True
    try:
        factor.data = {k: _otra_vez(v) if k in CIFRADOS else v for k, v in factor.data.items()}
    except InvalidToken:
        return False
    factor.save(update_fields=["data"])
    return True


def _otra_vez(valor: Any) -> Any:
    return [recifrar(v) for v in valor] if isinstance(valor, list) else recifrar(valor)
