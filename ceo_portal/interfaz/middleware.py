"""How an answer travels: without copies of what is personal, compressed when that tells nobody anything."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from cuentas import apartado

from . import escrito

SIN_TEXTO = (apartado.CUENTA, "/salud/")
# It may be opened by whoever asks: its page, the way to it, or a state that no longer admits the act.
ABIERTAS = {HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.CONFLICT}

Respuesta = Callable[[HttpRequest], HttpResponseBase]


def salud_sin_galletas(responder: Respuesta) -> Respuesta:
    """Who watches the service is nobody: no session is looked for, which in an outage would fail."""

    def responder_sin_galletas(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/salud/"):
            request.COOKIES = {}
        return responder(request)

    return responder_sin_galletas


def sin_copias(responder: Respuesta) -> Respuesta:
    """Leave no copy of their pages and files in a shared computer's browser (S43)."""

    def responder_sin_copias(request: HttpRequest) -> HttpResponseBase:
        respuesta = responder(request)
        if request.user.is_authenticated:
            add_never_cache_headers(respuesta)
        return respuesta

    return responder_sin_copias


def devolver_lo_escrito(responder: Respuesta) -> Respuesta:
    """What was typed in any form and could not be taken comes back at its own address (mensajes.md §5).

    The session had ended: it is kept and, once its page opens to whoever signed in, shown to be sent
    again or discarded. A step, the rectification and the withdrawal put it back in their own form.
    """

    def responder_con_lo_escrito(request: HttpRequest) -> HttpResponseBase:
        respuesta = responder(request)
        if request.path.startswith(SIN_TEXTO):
            return respuesta
        if request.method == "POST":
            if not request.user.is_authenticated:
                _apartar_si_pide_ingresar(request, respuesta)
            elif not _retomable(request) and respuesta.status_code != HTTPStatus.FORBIDDEN:
                apartado.olvidar(request)
        elif request.user.is_authenticated and respuesta.status_code in ABIERTAS and not _retomable(request):
            return _lo_escrito(request) or respuesta
        return respuesta

    return responder_con_lo_escrito


def _apartar_si_pide_ingresar(request: HttpRequest, respuesta: HttpResponseBase) -> None:
    a_donde = urlsplit(respuesta.get("Location", "")).path
    if a_donde and a_donde in {reverse("account_login"), reverse("admin:login")}:
        apartado.apartar(request)


def _retomable(request: HttpRequest) -> bool:
    return bool(request.resolver_match and getattr(request.resolver_match.func, "retomable", False))


def _lo_escrito(request: HttpRequest) -> HttpResponse | None:
    """The page that gives it back, if there is something of this address."""
    respuestas = apartado.respuestas(request)
    if not respuestas or request.method != "GET":
        return None
    if "descartar" in request.GET:
        apartado.olvidar(request)
        return redirect(request.path)
    return render(request, "paginas/lo_escrito.html", escrito.contexto(respuestas))


class Comprimir(GZipMiddleware):
    """Pages travel compressed, but for those that another site may have asked for to measure them (BREACH).

    An attacker who makes the browser repeat a request reads a secret in how long the answer is: to
    such a request it goes whole. The token and the fichas differ in each answer, and Django adds to
    each a random length (docs/decisiones/0024). Files travel as they are: a PDF is compressed already.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        tipo = response.get("Content-Type", "").partition(";")[0]
        if response.streaming or tipo not in {"text/html", "text/plain", "application/json"}:
            return response
        return response if _de_otro_sitio(request) else super().process_response(request, response)


def _de_otro_sitio(request: HttpRequest) -> bool:
    """Whether another site made this request; without Fetch Metadata, or may have, if it brings a query."""
    if sitio := request.headers.get("Sec-Fetch-Site"):
        return sitio in {"cross-site", "same-site"}
    origen, propio = request.headers.get("Referer", ""), f"{request.scheme}://{request.headers.get('Host')}/"
    return bool(origen or request.META.get("QUERY_STRING")) and not origen.startswith(propio)
