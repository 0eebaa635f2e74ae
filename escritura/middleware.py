"""The one door of what is typed: no view, form or query sees what nobody can see (decision 19)."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase

from escritura.signos import limpio

# Their own rule cleans them where they are hashed: an old one is compared as it was typed.
_CLAVES = re.compile("passw|clave", re.IGNORECASE)


class Puerta:
    """Middleware: query, fields, cookies and the values in the path come `limpio`; files and passwords don't.

    Before the session's and the CSRF's, which read cookies and fields.
    """

    def __init__(self, responder: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.responder = responder

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.COOKIES = {limpio(nombre): limpio(valor) for nombre, valor in request.COOKIES.items()}
        request.GET = _limpios(request.GET)  # type: ignore[assignment]
        return self.responder(request)

    def process_view(
        self, request: Any, vista: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        try:
            request.POST = _limpios(request.POST)
        except UnreadablePostError:  # whoever sent it is gone; the CSRF's middleware ends it
            return None
        for nombre, valor in kwargs.items():
            if isinstance(valor, str):
                kwargs[nombre] = limpio(valor)
        return None


def _limpios(campos: QueryDict) -> QueryDict:
    limpios = QueryDict(mutable=True, encoding=campos.encoding)
    for nombre, valores in campos.lists():
        propios = valores if _CLAVES.search(nombre) else [limpio(valor) for valor in valores]
        limpios.setlistdefault(limpio(nombre)).extend(propios)
    limpios._mutable = False
    return limpios
