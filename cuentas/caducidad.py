"""A session ends after its time without use, and after its longest life however much it is used (S36)."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .permisos import es_personal

# In the session, seconds since the epoch: when it was first and last seen signed in.
DESDE, ULTIMA = "sesion_desde", "sesion_ultima"


def minutos_sin_uso(usuario: Any) -> int:
    """How long that person's session lasts without use."""
    return settings.MINUTOS_SIN_USO_PERSONAL if es_personal(usuario) else settings.SESSION_COOKIE_AGE // 60


def cerrar_las_caducas(responder: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: whoever comes with a session past its time is nobody; the page asks to sign in again."""

    def responder_sin_caducas(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            sesion, ahora = request.session, time.time()
            sin_uso, vida = ahora - sesion.get(ULTIMA, ahora), ahora - sesion.get(DESDE, ahora)
            if sin_uso > minutos_sin_uso(request.user) * 60 or vida > settings.HORAS_DE_SESION * 3600:
                logout(request)
            else:
                sesion[ULTIMA], sesion[DESDE] = ahora, sesion.get(DESDE, ahora)
        return responder(request)

    return responder_sin_caducas
