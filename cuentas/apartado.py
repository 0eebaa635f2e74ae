"""What was typed and could not be taken: kept on the server for its own page (mensajes.md §5)."""

import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

APARTADO = "apartado"
TOPE = 20_000  # letters, names of the fields included: several times the longest step
# What a form carries besides what was typed or chosen in it.
TECNICOS = {"accion", "ficha", "version", "visto", "volver", "next"}
CUENTA = "/cuenta/"
AUTOGUARDAR = "autoguardar"


def retomable(vista: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view whose page itself puts back, in its form, what was sent to it without a session.

    The other pages leave it to `ceo_portal.interfaz.middleware.devolver_lo_escrito`.
    """

    @wraps(vista)
    def con_apartado(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        de_guion = request.method == "POST" and request.POST.get("accion") == AUTOGUARDAR
        if de_guion and not request.user.is_authenticated:  # a script cannot sign in
            apartar(request)
            return HttpResponse(status=401)
        return vista(request, *args, **kwargs)

    con_apartado.retomable = True  # type: ignore[attr-defined]
    return con_apartado


def apartar(request: HttpRequest) -> bool:
    """Keep this POST's fields in the session; whether there was something to keep.

    Never a file, a password or a code. Nobody has signed in yet, so the fields are shown only after signing
    in, by the page of the same address, which checks whose it is.
    """
    if request.path.startswith(CUENTA):
        return False
    campos = {n: str(v) for n, v in request.POST.items() if not _secreto(n)}
    escrito = _hay_escrito(campos.items())
    if not escrito and "visto" in campos:
        return False  # a step's page with nothing that its autosave had not saved
    varios = {n: vs for n, vs in request.POST.lists() if n in campos and len(vs) > 1}
    todo = [*campos.items(), *((n, str(v)) for n, vs in varios.items() for v in vs)]
    guardable = escrito and sum(len(n) + len(v) for n, v in todo) <= TOPE
    _anotar(request, campos if guardable else {}, varios if guardable else {})
    return guardable


def tecleado(request: HttpRequest) -> dict[str, list[str]]:
    """The fields of this POST with all their values, secrets aside, to be shown again in its own answer.

    Empty if nothing was typed or chosen.
    """
    campos = {n: [str(v) for v in vs] for n, vs in request.POST.lists() if not _secreto(n)}
    return campos if _hay_escrito((n, v) for n, vs in campos.items() for v in vs) else {}


def _hay_escrito(pares: Iterable[tuple[str, str]]) -> bool:
    return any(v.strip() for n, v in pares if not es_tecnico(n))


def es_tecnico(nombre: str) -> bool:
    """Whether it is a hidden field that nobody types; the prefix of a verdict's fields is left aside."""
    return nombre.rpartition("-")[2] in TECNICOS


def _secreto(nombre: str) -> bool:
    return nombre in ("csrfmiddlewaretoken", "code") or "password" in nombre or "clave" in nombre


def apartado(request: HttpRequest) -> dict[str, str]:
    """What was typed at this address and is not saved yet; empty if nothing was, or if it is too old."""
    return (_de_aqui(request) or {}).get("campos", {})


def respuestas(request: HttpRequest) -> dict[str, list[str]]:
    """`apartado` with each value of the fields that had several."""
    dato = _de_aqui(request) or {}
    return {n: [v] for n, v in dato.get("campos", {}).items()} | dato.get("varios", {})


def por_decir(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept, for «Ingresar» to tell the person about it once; None after that."""
    dato = request.session.get(APARTADO)
    if not dato or dato.get("dicho"):
        return None
    request.session[APARTADO] = dato | {"dicho": True}
    return dato


def olvidar(request: HttpRequest) -> None:
    """Forget what was kept for this address: it has been saved."""
    if _de_aqui(request):
        del request.session[APARTADO]


def _anotar(request: HttpRequest, campos: dict[str, str], varios: dict[str, list[str]]) -> None:
    if request.session.session_key is None and not ratelimit.consume(request, action="apartado", key="todas"):
        return  # a limit on new sessions, so that a robot does not fill their table
    request.session[APARTADO] = {
        "ruta": request.path,
        "en": time.time(),
        "campos": campos,
        "varios": varios,
        "archivo": bool(request.FILES),
    }


def _de_aqui(request: HttpRequest) -> dict[str, Any] | None:
    dato = request.session.get(APARTADO)
    vigente = dato and dato["ruta"] == request.path and time.time() - dato["en"] < settings.SESSION_COOKIE_AGE
    return dato if vigente else None
