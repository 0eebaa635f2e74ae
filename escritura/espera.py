"""What is typed to search waits in the session: no address, history or server's log holds it.

A search travels in the body; its page is another address, with a key that means nothing outside that session.
"""

import secrets

from django.http import HttpRequest

BUSQUEDAS, CLAVE = "busquedas", "b"
VIVAS = 20  # of one session, the newest


def guardar(request: HttpRequest, texto: str) -> str:
    """Keep it; the key that finds it, to put in the address under `CLAVE`."""
    clave = secrets.token_urlsafe(9)
    antes = list(vivas(request).items())[-VIVAS + 1 :]
    request.session[BUSQUEDAS] = dict(antes) | {clave: texto}
    return clave


def vivas(request: HttpRequest) -> dict[str, str]:
    """Those that still wait, the newest last."""
    esperan: dict[str, str] = request.session.get(BUSQUEDAS, {})
    return esperan


def esperado(request: HttpRequest) -> str | None:
    """What the key of the address finds, if it finds anything."""
    return vivas(request).get(request.GET.get(CLAVE, ""))
