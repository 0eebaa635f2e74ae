"""What every page may ask for: the menu, the unread count, the session's length and the telephone."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tramites import registro


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; lazy, so an anonymous visitor costs no query."""
    return {
        "menu_tramites": registro.todos,
        "sin_leer": 0,
        "minutos_sesion": settings.SESSION_COOKIE_AGE // 60,
        "telefono_onsec": settings.TELEFONO_ONSEC,
        "demo": getattr(settings, "DEMO", False),
    }
