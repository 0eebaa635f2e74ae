"""What is searched by name or CUI waits in the session: no address, history or server's log holds it.

A search travels in the body and its page is another, with a key that means nothing outside that session.
A bare number of a Gestión is no secret: it goes in the address, which can be shared.
"""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from tramites.acciones.anotar_busqueda import anotar_busqueda
from tramites.consultas.numero import digitos

BUSQUEDAS, ANOTADAS, CLAVE = "busquedas", "busquedas_anotadas", "b"
VIVAS = 20  # of one session, the newest
LARGO_CUI = 13


def es_numero(texto: str) -> bool:
    """Whether it is a Gestión's number, and not a CUI nor a name."""
    return 0 < len(digitos(texto)) < LARGO_CUI


def a_su_pagina(request: HttpRequest, vista: str, campo: str) -> HttpResponse:
    """Leave what was typed in `campo` in the session, and go to the page that shows what it finds."""
    datos = QueryDict(mutable=True)
    for nombre, valor in request.POST.items():
        if valor and nombre not in ("csrfmiddlewaretoken", campo):
            datos[nombre] = str(valor)
    texto = request.POST.get(campo, "")
    if campo == "q" and (es_numero(texto) or not texto.strip()):
        datos[campo] = texto
    elif texto.strip():
        datos[CLAVE] = _guardar(request, texto)
    return redirect(f"{reverse(vista)}?{datos.urlencode()}")


def preguntado(request: HttpRequest, campo: str) -> QueryDict:
    """What the page is asked: its address, and the text that waits in the session under its key."""
    datos = request.GET.copy()
    texto = request.session.get(BUSQUEDAS, {}).get(datos.get(CLAVE, ""))
    if texto is not None:
        datos[campo] = texto
    return datos


def anotar(request: HttpRequest, donde: str, texto: str, hallados: int) -> None:
    """Each search by name or CUI is an event; turning its pages goes on with it."""
    if not texto.strip() or es_numero(texto) or _sigue(request):
        return
    usuario: Any = request.user
    por = "cui" if digitos(texto) else "nombre"
    anotar_busqueda(actor=usuario, donde=donde, por=por, hallados=hallados, ahora=timezone.now())


def _sigue(request: HttpRequest) -> bool:
    """Whether it turns the pages of a search that is in the log; an address alone proves nothing."""
    clave, vivas = request.GET.get(CLAVE, ""), request.session.get(BUSQUEDAS, {})
    anotadas = [c for c in request.session.get(ANOTADAS, []) if c in vivas]
    if clave in anotadas:
        return "pagina" in request.GET
    if clave in vivas:
        request.session[ANOTADAS] = [*anotadas, clave]
    return False


def _guardar(request: HttpRequest, texto: str) -> str:
    clave = secrets.token_urlsafe(9)
    antes = list(request.session.get(BUSQUEDAS, {}).items())[-VIVAS + 1 :]
    request.session[BUSQUEDAS] = dict(antes) | {clave: texto}
    return clave
