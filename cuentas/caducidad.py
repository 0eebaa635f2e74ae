"""A session ends after its time without use, and after its longest life however much it is used (S36)."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .permisos import es_personal

# In the session, seconds since the epoch: when it was first seen signed in.
DESDE = "sesion_desde"
# In the browser, signed: its last use, which is not written in the row each time (decision 33).
GALLETA_USO = "uso"


def minutos_sin_uso(usuario: Any) -> int:
    """How long that person's session lasts without use."""
    return settings.MINUTOS_SIN_USO_PERSONAL if es_personal(usuario) else settings.SESSION_COOKIE_AGE // 60


@receiver(user_logged_in, dispatch_uid="cuentas.caducidad")
def al_ingresar(sender: Any, request: HttpRequest, **_: Any) -> None:
    request.session[DESDE] = time.time()


def cerrar_las_caducas(responder: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: whoever comes with a session past its time is nobody; the page asks to sign in again."""

    def responder_sin_caducas(request: HttpRequest) -> HttpResponseBase:
        sesion: Any = request.session
        ahora = time.time()
        if request.user.is_authenticated and _caduca(request, ahora):
            logout(request)
        elif not sesion.is_empty():
            sesion.tocar()
        respuesta = responder(request)
        if request.user.is_authenticated:
            _anotar_uso(request, respuesta, ahora)
        return respuesta

    return responder_sin_caducas


def _caduca(request: HttpRequest, ahora: float) -> bool:
    sesion: Any = request.session
    limite = minutos_sin_uso(request.user) * 60
    if ahora - sesion.setdefault(DESDE, ahora) > settings.HORAS_DE_SESION * 3600:
        return True
    return ahora - sesion.usada_en > limite and ahora - _ultimo_uso(request) > limite


def _ultimo_uso(request: HttpRequest) -> float:
    """As this browser's cookie says; the epoch when it says nothing of this session."""
    try:
        return float(signing.loads(request.COOKIES.get(GALLETA_USO, ""), salt=_sal(request)))
    except (signing.BadSignature, ValueError, TypeError):
        return 0.0


def _anotar_uso(request: HttpRequest, respuesta: HttpResponseBase, ahora: float) -> None:
    """Unless the row says it already."""
    sesion: Any = request.session
    if sesion.session_key and sesion.usada_en < ahora:
        respuesta.set_cookie(
            GALLETA_USO,
            signing.dumps(ahora, salt=_sal(request)),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _sal(request: HttpRequest) -> str:
    """Of one session: the use of another proves nothing."""
    return f"cuentas.uso.{request.session.session_key}"
