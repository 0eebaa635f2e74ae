"""How an answer travels: without copies of what is personal, compressed when that tells nobody anything."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import add_never_cache_headers

Respuesta = Callable[[HttpRequest], HttpResponseBase]


def sin_copias(responder: Respuesta) -> Respuesta:
    """Leave no copy of their pages and files in a shared computer's browser (S43)."""

    def responder_sin_copias(request: HttpRequest) -> HttpResponseBase:
        respuesta = responder(request)
        if request.user.is_authenticated:
            add_never_cache_headers(respuesta)
        return respuesta

    return responder_sin_copias


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
