"""allauth's decisions in our words: messages, limits, addresses of links; the mails go by its subclass."""

import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import freno
from .ingreso import gastar_una_clave, nombre_de_ingreso
from .models import Usuario
from .permisos import es_ciudadano

_NO_COINCIDE = _("El dato o la contraseña no son correctos. Revíselos o recupere su contraseña.")
_MUCHOS = format_lazy(
    _("Hubo muchos intentos. Espere {n} minutos y vuelva a intentar."), n=settings.MINUTOS_DE_ESPERA
)


class Adaptador(DefaultAccountAdapter):
    """Everything of allauth's adapter that is not sending a mail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _NO_COINCIDE,
        "email_password_mismatch": _NO_COINCIDE,
        "too_many_login_attempts": _MUCHOS,
        "rate_limited": _MUCHOS,
        "enter_current_password": _("La contraseña actual no es correcta. Escríbala otra vez."),
        "incorrect_password": _("La contraseña no es correcta. Escríbala otra vez."),
        "duplicate_email": _("Ese ya es su correo. Escriba otro."),
    }

    def get_email_confirmation_url(self, request: HttpRequest | None, emailconfirmation: Any) -> str:
        """On the portal's own address, whatever Host the request claimed (S32)."""
        return settings.URL_PUBLICA + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, ficha = key.split("-", 1)
        return settings.URL_PUBLICA + reverse("account_reset_password_from_key", args=[uid, ficha])

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff have no Tablero: the desk, or what administración edits."""
        if es_ciudadano(request.user):
            return super().get_login_redirect_url(request)
        return reverse("admin:index" if request.user.is_staff else "mesa")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mis_datos")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("mis_datos" if self.request.user.is_authenticated else "account_login")

    def should_send_confirmation_mail(self, request: HttpRequest, email_address: Any, signup: bool) -> bool:
        """Signing in unverified sends nothing by itself: the page offers it (mensajes.md §3)."""
        return signup

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """False if meanwhile the address became another account's, verified or not, or this one was freed."""
        cuenta = Usuario.objects.select_for_update().filter(pk=email_address.user_id, is_active=True).first()
        ajena = Usuario.objects.exclude(pk=email_address.user_id).filter(email__iexact=email_address.email)
        if cuenta is None or ajena.exists() or not _tomar(cuenta, email_address.email):
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
            return False
        return super().confirm_email(request, email_address)

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Only the address of a change that was not confirmed yet."""
        return not email_address.primary

    def get_reauthentication_methods(self, user: Usuario) -> list[dict[str, Any]]:
        """Whoever has a second factor proves that one: the password alone would let a thief remove it."""
        metodos = super().get_reauthentication_methods(user)
        return [m for m in metodos if m["id"] == "mfa_reauthenticate"] or metodos

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Few tries at an account from one place, whichever of its names is typed (S38)."""
        nombre = nombre_de_ingreso(credentials)
        cuenta = freno.llave(Usuario.objects.de_ingreso(nombre), nombre)
        self._login_failed_rl_usage = freno.intentar(request, accion="intento", cuenta=cuenta)
        if not self._login_failed_rl_usage:
            gastar_una_clave(credentials.get("password") or "")
            raise self.validation_error("too_many_login_attempts")

    def get_client_ip(self, request: HttpRequest) -> str:
        """An IPv4 address written inside an IPv6 one is the same place."""
        texto = super().get_client_ip(request)
        dentro = getattr(ipaddress.ip_address(texto), "ipv4_mapped", None)
        return str(dentro) if dentro else texto


def _tomar(cuenta: Usuario, correo: str) -> bool:
    """Whether the address becomes that account's; not if another confirms it at once.

    The account's row before allauth's, as where a registration is confirmed: neither waits for the other.
    """
    try:
        with transaction.atomic():
            return bool(Usuario.objects.filter(pk=cuenta.pk).update(email=correo))
    except IntegrityError:
        return False
