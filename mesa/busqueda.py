"""What is searched by name or CUI waits in the session (`escritura.espera`), and each search is logged.

A bare number of a Gestión is no secret: it goes in the address, which can be shared.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from escritura import espera
from tramites.acciones.anotar_busqueda import anotar_busqueda
from tramites.consultas.numero import digitos

ANOTADAS = "busquedas_anotadas"
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
        datos[espera.CLAVE] = espera.guardar(request, texto)
    return redirect(f"{reverse(vista)}?{datos.urlencode()}")


def preguntado(request: HttpRequest, campo: str) -> QueryDict:
    """What the page is asked: its address, and the text that waits in the session under its key."""
    datos = request.GET.copy()
    if (texto := espera.esperado(request)) is not None:
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
    clave, vivas = request.GET.get(espera.CLAVE, ""), espera.vivas(request)
    anotadas = [c for c in request.session.get(ANOTADAS, []) if c in vivas]
    if clave in anotadas:
        return "pagina" in request.GET
    if clave in vivas:
        request.session[ANOTADAS] = [*anotadas, clave]
    return False
