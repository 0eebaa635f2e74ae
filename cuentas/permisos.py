"""Who may enter a page: anonymous → «Ingresar»; other staff → 403; a citizen in ONSEC's → 404."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from .models import Usuario

Vista = Callable[..., HttpResponseBase]


def es_ciudadano(usuario: Any) -> bool:
    return usuario.is_authenticated and usuario.es_ciudadano


def es_personal(usuario: Any, *papeles: Usuario.Papel) -> bool:
    """Whether it is staff, with one of `papeles` if any is given."""
    return usuario.is_authenticated and usuario.es_personal and (not papeles or usuario.papel in papeles)


def _exigir(vista: Vista, cumple: Callable[[Any], bool]) -> Vista:
    @login_required
    @wraps(vista)
    def con_permiso(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not cumple(request.user):
            raise PermissionDenied
        return vista(request, *args, **kwargs)

    return con_permiso


def solo_ciudadano(vista: Vista) -> Vista:
    """A citizen's page; staff get 403."""
    return _exigir(vista, es_ciudadano)


def solo_personal(*papeles: Usuario.Papel) -> Callable[[Vista], Vista]:
    """A page of ONSEC for those roles, or for all when none is given: `@solo_personal(Papel.JEFATURA)`."""
    return lambda vista: _exigir(vista, lambda usuario: _entra(usuario, papeles))


def _entra(usuario: Any, papeles: tuple[Usuario.Papel, ...]) -> bool:
    """`es_personal`; for a citizen the page does not exist: Http404."""
    if es_ciudadano(usuario):
        raise Http404
    return es_personal(usuario, *papeles)


def con_clave_reciente(vista: Vista) -> Vista:
    """A page for whoever typed the password a few minutes ago, to sign in or again; asks for it otherwise.

    What was sent is kept aside and goes on once the password is typed.
    """

    @wraps(vista)
    def exigida(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        claves = [
            r["at"] for r in get_authentication_records(request, request.user) if r["method"] == "password"
        ]
        if not claves or time.time() - claves[-1] > app_settings.REAUTHENTICATION_TIMEOUT:
            raise ReauthenticationRequired
        return vista(request, *args, **kwargs)

    return exigida
