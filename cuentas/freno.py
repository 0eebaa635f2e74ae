"""How often a secret is tried: slower for whoever guesses, never shut for its owner (S38, decision 17).

A browser that once signed in carries a signed cookie, so that whoever guesses from elsewhere, or behind the
same exit, does not spend its owner's tries (OWASP, "device cookies").
"""

import ipaddress
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import get_random_string

from .models import Usuario

GALLETA = "equipo"
DIAS = 180
_SAL = "cuentas.equipo"
# IPv6 is given out by networks: a home has a /64, and a /48 rented for little has 65,536 of them.
HOGAR, ARRIENDO = 64, 48


def intentar(request: HttpRequest, *, accion: str, cuenta: str) -> ratelimit.RateLimitUsage | None:
    """Count a try at the secret of `cuenta`; None when it must wait. `rollback()` uncounts a right one.

    `cuenta` comes from `llave`; `accion` is «intento» (a password) or «codigo». Once `{accion}_cuenta` is
    spent, the account is being guessed from many networks: each new network then has a single try.
    """
    if equipo := _equipo(request, cuenta):
        return _contar(request, (f"{accion}_red", f"{cuenta} {equipo}"))
    hogar, arriendo = (f"{cuenta} {red(request, prefijo)}" for prefijo in (HOGAR, ARRIENDO))
    atacada = not _consumir(request, f"{accion}_cuenta", cuenta, dry_run=True)
    return _contar(
        request,
        (f"{accion}_red", hogar),
        (f"{accion}_lento", hogar) if atacada else (f"{accion}_cuenta", cuenta),
        (f"{accion}_arriendo", arriendo),
        (f"{accion}_tope", cuenta),
        ("login_failed", None),
    )


def llave(persona: Usuario | None, nombre: str = "") -> str:
    """The key under which tries are counted: the account or, if there is none, the name that was typed."""
    return f"cuenta {persona.pk}" if persona else f"nombre {nombre}"


def red(request: HttpRequest, prefijo: int = HOGAR) -> str:
    """The network that a request comes from: its IPv4 address, or the /64 of its IPv6 one."""
    texto = get_adapter(request).get_client_ip(request)
    direccion = ipaddress.ip_address(texto)
    if direccion.version == 4:
        return texto
    return str(ipaddress.ip_network(f"{direccion}/{prefijo}", strict=False))


def _contar(request: HttpRequest, *limites: tuple[str, str | None]) -> ratelimit.RateLimitUsage | None:
    """Count one try against each limit. If one of them refuses, none of them counts it."""
    cuenta = ratelimit.RateLimitUsage(usage=[])
    for accion, llave in limites:
        uso = _consumir(request, accion, llave)
        if not uso:
            cuenta.rollback()
            return None
        cuenta.usage += uso.usage
    return cuenta


def _consumir(
    request: HttpRequest, accion: str, llave: str | None, *, dry_run: bool = False
) -> ratelimit.RateLimitUsage | None:
    return ratelimit.consume(
        request, app="allauth.account", action=accion, key=llave, dry_run=dry_run, limit_get=True
    )


def _equipo(request: HttpRequest, cuenta: str) -> str | None:
    """Which browser of that account's owner it is; None for any other."""
    try:
        persona, equipo = signing.loads(request.COOKIES.get(GALLETA, ""), salt=_SAL, max_age=DIAS * 86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return equipo if f"cuenta {persona}" == cuenta else None


def reconocer(request: HttpRequest, persona: Usuario) -> None:
    """This browser proved to be that person's: the answer carries its cookie."""
    request._equipo_de = persona.pk  # type: ignore[attr-defined]


@receiver(user_logged_in, dispatch_uid="cuentas.equipo")
def al_ingresar(sender: Any, request: HttpRequest, user: Usuario, **_: Any) -> None:
    reconocer(request, user)


def recordar_el_equipo(responder: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: leaves the cookie in the browser where somebody just proved who they are."""

    def responder_y_recordar(request: HttpRequest) -> HttpResponseBase:
        respuesta = responder(request)
        if persona := getattr(request, "_equipo_de", None):
            respuesta.set_cookie(
                GALLETA,
                signing.dumps([persona, get_random_string(16)], salt=_SAL),
                max_age=DIAS * 86_400,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return respuesta

    return responder_y_recordar
