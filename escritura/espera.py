"""Searches kept in the session, so that no address, browser history or server log holds what was typed.

A search is posted and then shown at an address that carries only a key of that session.
"""

import secrets

from django.http import HttpRequest

BUSQUEDAS, CLAVE = "busquedas", "b"
VIVAS = 20  # of one session, the newest


def guardar(request: HttpRequest, texto: str) -> str:
    """Keep a search; returns its key, to be put in the address as the parameter `CLAVE`."""
    clave = secrets.token_urlsafe(9)
    antes = list(vivas(request).items())[-VIVAS + 1 :]
    request.session[BUSQUEDAS] = dict(antes) | {clave: texto}
    return clave


def vivas(request: HttpRequest) -> dict[str, str]:
    """The searches kept in the session, by key, the newest last."""
    esperan: dict[str, str] = request.session.get(BUSQUEDAS, {})
    return esperan


def esperado(request: HttpRequest) -> str | None:
    """The search whose key is in the address; None if there is none."""
    return vivas(request).get(request.GET.get(CLAVE, ""))
