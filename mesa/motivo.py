"""The motive of a previo waits in the session until it is sent: no page turned, refusal or conflict loses it.

It is no state of the Gestión yet, and its free words stay out of addresses, histories and the server's log.
"""

from typing import Any

from django.http import HttpRequest

from tramites.models import Gestion

MOTIVOS = "motivos"
VIVOS = 20  # of one session, the newest
LARGO = 300  # as much as its field takes


def guardar(request: HttpRequest, gestion: Gestion, motivo: str) -> None:
    """Keep it as it was typed; empty, forget it."""
    otros = _sin(request, gestion)[-VIVOS + 1 :]
    request.session[MOTIVOS] = dict(otros) | ({str(gestion.numero): motivo[:LARGO]} if motivo else {})


def motivo_de(request: HttpRequest, gestion: Gestion) -> str:
    """What was typed for that Gestión and is not sent yet."""
    return request.session.get(MOTIVOS, {}).get(str(gestion.numero), "")


def _sin(request: HttpRequest, gestion: Gestion) -> list[tuple[str, Any]]:
    return [(n, m) for n, m in request.session.get(MOTIVOS, {}).items() if n != str(gestion.numero)]
