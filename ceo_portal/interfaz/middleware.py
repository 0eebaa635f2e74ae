"""What an answer to a signed-in person carries besides its page."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
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
