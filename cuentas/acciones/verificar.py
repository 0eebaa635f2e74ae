"""An account's address is confirmed: from here on its owner may sign in."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from bitacora.models import Evento
from cuentas.eventos import TipoEvento


@transaction.atomic
def verificar(direccion: EmailAddress, *, ahora: datetime) -> None:
    """Confirm it without a page, and tell it."""
    direccion.set_verified()
    anotar_verificada(direccion, ahora=ahora)


def anotar_verificada(direccion: EmailAddress, *, ahora: datetime) -> None:
    """The first address confirmed makes the account; a later one is a change of address."""
    if not direccion.user.emailaddress_set.exclude(pk=direccion.pk).exists():
        Evento.objects.registrar(TipoEvento.CUENTA_VERIFICADA, actor=direccion.user, ahora=ahora)
