"""Error pages with the exact words of mensajes.md §6; none of them needs the database to be well."""

import uuid

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from cuentas import apartado
from papeles import rechazos
from papeles.nombres import nombre_visible

from . import escrito

DE_ONSEC = ("/revision/", "/admin/")
RECUPERABLE = "La página caducó. Vuelva a ella: ahí está lo que escribió. Revíselo y envíelo de nuevo."


def referencia() -> str:
    """What the person reads over the telephone: the start of the request's id in the log."""
    identificador = structlog.contextvars.get_contextvars().get("request_id") or uuid.uuid4()
    return str(identificador)[:8]


def peticion_mala(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400; what is too big for Django says so."""
    if isinstance(exception, RequestDataTooBig):
        return muy_grande(request)
    return _pagina(request, "400.html", 400)


def sin_permiso(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return _pagina(request, "403.html", 403)


def formulario_caducado(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the form was open too long; the files window has its own words (mensajes.md §1).

    What was typed comes back, if all that failed is the token: the origin is checked before. To whoever has a
    session, at its own address; to whoever lost it, in this very answer, which nobody keeps.
    """
    donde = request.resolver_match.url_name if request.resolver_match else ""
    texto, volver, tecleado = "", "", {}
    solo_la_ficha = reason.startswith(("CSRF token", "CSRF cookie")) and not _ajeno(request)
    if donde == "archivos":
        archivo, volver = request.FILES.get("archivo"), request.path
        texto = rechazos.mensaje("clave_csrf", nombre_visible(archivo.name or "") if archivo else "")
    elif solo_la_ficha and request.user.is_authenticated and apartado.apartar(request):
        texto, volver = RECUPERABLE, request.path
    else:
        volver = request.path if donde == "paso" else ""
        tecleado = apartado.tecleado(request) if solo_la_ficha else {}
    contexto = escrito.contexto(tecleado) | {"texto": texto, "volver": volver, "archivo": bool(request.FILES)}
    respuesta = _pagina(request, "403_csrf.html", 403, **contexto)
    add_never_cache_headers(respuesta)
    return respuesta


def _ajeno(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent it."""
    return request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}


def no_encontrada(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return _pagina(request, "404.html", 404)


def muy_grande(request: HttpRequest, max_mb: int | None = None) -> HttpResponse:
    """413: more than `max_mb` (by default, what a document may weigh)."""
    return _pagina(request, "413.html", 413, max_mb=max_mb or settings.DOCUMENTO_MAX_MB)


def demasiados_intentos(request: HttpRequest, minutos: int = 5) -> HttpResponse:
    """429: wait `minutos` and try again."""
    respuesta = _pagina(request, "429.html", 429, minutos=minutos)
    respuesta["Retry-After"] = str(minutos * 60)
    return respuesta


def error_interno(request: HttpRequest) -> HttpResponse:
    """handler500: rendered without the request, so that neither session nor database is touched."""
    contexto = {
        "referencia": referencia(),
        "telefono_onsec": settings.TELEFONO_ONSEC,
        # Nobody asks who it is: whoever was at the desk goes back to it, and has no Tablero.
        "de_onsec": getattr(request, "path", "").startswith(DE_ONSEC),
    }
    return HttpResponse(render_to_string("500.html", contexto), status=500)


def _pagina(request: HttpRequest, plantilla: str, codigo: int, **contexto: object) -> HttpResponse:
    return render(request, plantilla, {"referencia": referencia(), **contexto}, status=codigo)
