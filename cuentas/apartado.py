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
    """A page that puts back in its own form what was sent to it and could not be taken.

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
    """Keep this POST's fields in the session, and there alone; whether there was something to keep.

    Never a file, a password or what is typed to prove who one is. Only a page that already knows whose
    it is may show them: nobody has signed in yet.
    """
    if request.path.startswith(CUENTA):
        return False
    campos = {n: str(v) for n, v in request.POST.items() if not _secreto(n)}
    escrito = _hay_escrito(campos.items())
    if not escrito and "visto" in campos:
        return False  # a step whose page had saved itself: nothing is lost
    varios = {n: vs for n, vs in request.POST.lists() if n in campos and len(vs) > 1}
    todo = [*campos.items(), *((n, str(v)) for n, vs in varios.items() for v in vs)]
    guardable = escrito and sum(len(n) + len(v) for n, v in todo) <= TOPE
    _anotar(request, campos if guardable else {}, varios if guardable else {})
    return guardable


def tecleado(request: HttpRequest) -> dict[str, list[str]]:
    """The fields of this POST with all their values, for its own answer and for nothing else; never a secret.

    Empty if nothing was typed or chosen.
    """
    campos = {n: [str(v) for v in vs] for n, vs in request.POST.lists() if not _secreto(n)}
    return campos if _hay_escrito((n, v) for n, vs in campos.items() for v in vs) else {}


def _hay_escrito(pares: Iterable[tuple[str, str]]) -> bool:
    return any(v.strip() for n, v in pares if not es_tecnico(n))


def es_tecnico(nombre: str) -> bool:
    """Whether nobody typed it; the fields of a verdict carry the prefix of their place."""
    return nombre.rpartition("-")[2] in TECNICOS


def _secreto(nombre: str) -> bool:
    return nombre in ("csrfmiddlewaretoken", "code") or "password" in nombre or "clave" in nombre


def apartado(request: HttpRequest) -> dict[str, str]:
    """What was typed in this very page and is not saved yet; empty when nothing, or when it grew old."""
    return (_de_aqui(request) or {}).get("campos", {})


def respuestas(request: HttpRequest) -> dict[str, list[str]]:
    """`apartado` with each value of the fields that had several."""
    dato = _de_aqui(request) or {}
    return {n: [v] for n, v in dato.get("campos", {}).items()} | dato.get("varios", {})


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


def _anotar(request: HttpRequest, campos: dict[str, str], varios: dict[str, list[str]]) -> None:
    if request.session.session_key is None and not ratelimit.consume(request, action="apartado", key="todas"):
        return  # whoever sends by the hundred does not fill the table of sessions
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
