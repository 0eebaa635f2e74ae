"""The pages of the second factor: allauth's, with the event of each change in its own transaction."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from bitacora.models import Evento

from ..acciones.cerrar_sesiones import cerrar_sesiones
from ..eventos import TipoEvento
from ..secretos import en_la_mano
from . import codigos
from .exigencia import METODO


class _Cambio:
    """A change that the log and the owner of the account hear of, and that ends their other sessions."""

    request: HttpRequest
    cierra_las_otras = True

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            respuesta: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            if nuevos := codigos_de(self.request):
                codigos.resumir(nuevos, mostrar=True)
            if self.cierra_las_otras:
                cerrar_sesiones(self.request.user, salvo=self.request)  # type: ignore[arg-type]
            Evento.objects.registrar(
                TipoEvento.SEGUNDO_FACTOR_CAMBIADO,
                actor=self.request.user,
                ahora=timezone.now(),
                datos={"cuenta": self.request.user.pk},
            )
        return respuesta


def codigos_de(request: HttpRequest) -> Authenticator | None:
    return Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.RECOVERY_CODES).first()


class Activar(_Cambio, ActivateTOTPView):
    """Set the second factor; typing its first code also proves it for this session.

    The others have to prove it too (exigencia.py): they need not end.
    """

    cierra_las_otras = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with en_la_mano(request.session, SECRET_SESSION_KEY):
            return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        respuesta = super().form_valid(form)
        record_authentication(self.request, self.request.user, METODO, reauthenticated=True)
        return respuesta


class Quitar(_Cambio, DeactivateTOTPView):
    """Remove it, to set another telephone's."""


class RenovarCodigos(_Cambio, GenerateRecoveryCodesView):
    """New recovery codes; the old ones stop working."""


class VerCodigos(ViewRecoveryCodesView):
    """The recovery codes, the one time that they are shown; afterwards, how many are left."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexto = super().get_context_data(**kwargs)
        if contexto["can_view_codes"] and (factor := codigos_de(self.request)):
            contexto["unused_codes"] = codigos.sacar(factor)
        return contexto
