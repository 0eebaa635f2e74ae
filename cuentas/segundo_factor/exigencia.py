"""Staff prove their second factor in this very session before any page that shows a person's data (S41)."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from ..permisos import es_personal

METODO = "mfa"
# Where it is set or proved, the way out, and what is everybody's.
LIBRES = frozenset(
    {
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "account_reauthenticate",
        "account_logout",
        "admin:logout",
        "accesibilidad",
        "ayuda",
        "privacidad",
        "terminos",
        "salud_lista",
        "salud_viva",
    }
)


class ExigirSegundoFactor:
    """Middleware: with EXIGIR_2FA_PERSONAL, leads whoever of the staff lacks it to set it or to prove it."""

    def __init__(self, responder: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.responder = responder

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.responder(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        exigible = settings.EXIGIR_2FA_PERSONAL and es_personal(request.user)
        destino = request.resolver_match and request.resolver_match.view_name
        if not exigible or destino in LIBRES or probado(request):
            return None
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return redirect_to_login(request.get_full_path(), reverse("mfa_reauthenticate"))
        return redirect("mfa_activate_totp")


def probado(request: HttpRequest) -> bool:
    """Whether this session has proved a second factor; without asking the database."""
    return any(acto["method"] == METODO for acto in get_authentication_records(request, request.user))
