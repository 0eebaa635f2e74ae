"""What was typed and could not be taken: kept on the server for its own page (mensajes.md §5)."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

APARTADO = "apartado"
TOPE = 20_000  # letters, names of the fields included: several times the longest step
AJENOS = {"csrfmiddlewaretoken", "accion"}
AUTOGUARDAR = "autoguardar"


def retomable(vista: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page that gives back what was sent to it once the session had ended."""

    @wraps(vista)
    def con_apartado(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            apartar(request)
            if request.POST.get("accion") == AUTOGUARDAR:  # a script's: it cannot sign in
                return HttpResponse(status=401)
        return vista(request, *args, **kwargs)

    return con_apartado


def apartar(request: HttpRequest) -> bool:
    """Keep this POST's fields in the session, and there alone; whether there was something to keep.

    Only a page that already knows whose it is may show them: nobody has signed in yet.
    """
    campos = {n: str(v) for n, v in request.POST.items() if n not in AJENOS}
    guardable = any(campos.values()) and sum(len(n) + len(v) for n, v in campos.items()) <= TOPE
    _anotar(request, campos if guardable else {})
    return guardable


def anotar_perdido(request: HttpRequest) -> None:
    """An act came after the session ended and its page keeps nothing: «Ingresar» says so."""
    if not _de_aqui(request):
        _anotar(request, {})


def apartado(request: HttpRequest) -> dict[str, str]:
    """What was typed in this very page and is not saved yet; empty when nothing, or when it grew old."""
    return (_de_aqui(request) or {}).get("campos", {})


def por_decir(request: HttpRequest) -> dict[str, Any] | None:
    """What «Ingresar» says of an act that came without a session: once, and None afterwards."""
    dato = request.session.get(APARTADO)
    if not dato or dato.get("dicho"):
        return None
    request.session[APARTADO] = dato | {"dicho": True}
    return dato


def olvidar(request: HttpRequest) -> None:
    """It is saved now."""
    if _de_aqui(request):
        del request.session[APARTADO]


def _anotar(request: HttpRequest, campos: dict[str, str]) -> None:
    request.session[APARTADO] = {
        "ruta": request.path,
        "en": time.time(),
        "campos": campos,
        "archivo": bool(request.FILES),
    }


def _de_aqui(request: HttpRequest) -> dict[str, Any] | None:
    dato = request.session.get(APARTADO)
    vigente = dato and dato["ruta"] == request.path and time.time() - dato["en"] < settings.SESSION_COOKIE_AGE
    return dato if vigente else None
