"""What every page may ask for: the menu, the unread count, the session's length and the telephone."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cuentas.caducidad import minutos_sin_uso
from notificaciones.consultas import sin_leer
from tramites import registro


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; lazy, so that only a page which shows the badge counts its notices."""
    return {
        "menu_tramites": registro.publicados,
        "menu_familias": registro.familias,
        "sin_leer": SimpleLazyObject(lambda: sin_leer(request.user)),
        "minutos_sesion": minutos_sin_uso(getattr(request, "user", None) or AnonymousUser()),
        "telefono_onsec": settings.TELEFONO_ONSEC,
    }
