"""The pages of the second factor: allauth's, with the event of each change in its own transaction."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bitacora.models import Evento

from ..eventos import TipoEvento
from .exigencia import METODO


class _Cambio:
    """A change that the log and the owner of the account hear of."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            respuesta: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            Evento.objects.registrar(
                TipoEvento.SEGUNDO_FACTOR_CAMBIADO,
                actor=self.request.user,
                ahora=timezone.now(),
                datos={"cuenta": self.request.user.pk},
            )
        return respuesta


class Activar(_Cambio, ActivateTOTPView):
    """Set the second factor; typing its first code also proves it for this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        respuesta = super().form_valid(form)
        record_authentication(self.request, self.request.user, METODO, reauthenticated=True)
        return respuesta


class Quitar(_Cambio, DeactivateTOTPView):
    """Remove it, to set another telephone's."""


class RenovarCodigos(_Cambio, GenerateRecoveryCodesView):
    """New recovery codes; the old ones stop working."""
