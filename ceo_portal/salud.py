"""Health for whoever watches the service: is the process alive, can it work."""

from uuid import uuid4

import structlog
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

registro = structlog.get_logger(__name__)
TEXTO = "text/plain; charset=utf-8"


@never_cache
def viva(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("viva\n", content_type=TEXTO)


@never_cache
def lista(request: HttpRequest) -> HttpResponse:
    """200 when database and cache answer; otherwise 503, which does not say what failed (S47)."""
    try:
        _probar_base()
        _probar_cache()
    except Exception:
        registro.exception("salud_no_lista")
        return HttpResponse("no disponible\n", content_type=TEXTO, status=503)
    return HttpResponse("lista\n", content_type=TEXTO)


def _probar_base() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _probar_cache() -> None:
    llave, valor = f"salud:{uuid4()}", uuid4().hex
    cache.set(llave, valor, timeout=10)
    if cache.get(llave) != valor:
        raise RuntimeError("La caché no devolvió lo guardado")
