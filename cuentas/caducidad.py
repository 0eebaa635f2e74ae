"""A session ends after its time without use, and after its longest life however much it is used (S36)."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .permisos import es_personal

# In the session, seconds since the epoch: when it was first seen signed in.
DESDE = "sesion_desde"


def minutos_sin_uso(usuario: Any) -> int:
    """How long that person's session lasts without use."""
    return settings.MINUTOS_SIN_USO_PERSONAL if es_personal(usuario) else settings.SESSION_COOKIE_AGE // 60


@receiver(user_logged_in, dispatch_uid="cuentas.caducidad")
def al_ingresar(sender: Any, request: HttpRequest, **_: Any) -> None:
    request.session[DESDE] = time.time()


def cerrar_las_caducas(responder: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: sign out a session past its time; the page then asks to sign in again."""

    def responder_sin_caducas(request: HttpRequest) -> HttpResponseBase:
        sesion: Any = request.session
        ahora = time.time()
        if request.user.is_authenticated and _caduca(request, ahora):
            logout(request)
        elif not sesion.is_empty():
            sesion.usar(ahora)
        return responder(request)

    return responder_sin_caducas


def _caduca(request: HttpRequest, ahora: float) -> bool:
    sesion: Any = request.session
    if ahora - sesion.setdefault(DESDE, ahora) > settings.HORAS_DE_SESION * 3600:
        return True
    limite = minutos_sin_uso(request.user) * 60
    return ahora - sesion.escrita_en > limite and ahora - sesion.ultimo_uso > limite
