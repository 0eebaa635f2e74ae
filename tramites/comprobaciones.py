"""What Django's own check says of the engine's settings before anything starts."""

from typing import Any

from django.conf import settings
from django.core.checks import Error

from . import registro


def publicados_conocidos(**_: Any) -> list[Error]:
    """Each key of TRAMITES_PUBLICADOS is a procedure: a misspelt one would hide it in silence."""
    conocidos = [t.clave for t in registro.todos()]
    return [
        Error(
            f"TRAMITES_PUBLICADOS: no hay trámite «{clave}».",
            hint=f"Los que hay: {', '.join(conocidos)}.",
            id="tramites.E001",
        )
        for clave in settings.TRAMITES_PUBLICADOS or ()
        if clave not in conocidos
    ]
