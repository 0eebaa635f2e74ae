"""What allauth says happened to an account, written in the log."""

from typing import Any

from allauth.account import signals
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from bitacora.models import Evento

from .eventos import TipoEvento
from .models import Usuario


def _anotar(tipo: TipoEvento, usuario: Usuario) -> None:
    Evento.objects.registrar(tipo, actor=usuario, ahora=timezone.now())


@receiver(signals.email_confirmed, dispatch_uid="cuentas.verificada")
def verificada(sender: Any, email_address: Any, **_: Any) -> None:
    """The first address confirmed makes the account; a later one is a change of address."""
    if not email_address.user.emailaddress_set.exclude(pk=email_address.pk).exists():
        _anotar(TipoEvento.CUENTA_VERIFICADA, email_address.user)


@receiver(signals.email_changed, dispatch_uid="cuentas.correo")
def correo_cambiado(sender: Any, user: Usuario, from_email_address: Any, **_: Any) -> None:
    if from_email_address:
        _anotar(TipoEvento.CORREO_CAMBIADO, user)


@receiver([signals.password_changed, signals.password_reset], dispatch_uid="cuentas.clave")
def clave_cambiada(sender: Any, request: HttpRequest, user: Usuario, **_: Any) -> None:
    _anotar(TipoEvento.CLAVE_CAMBIADA, user)
