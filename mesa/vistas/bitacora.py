"""The log for auditoría: search, take away and verify; administración only verifies (matriz.md §3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bitacora.models import Sello
from bitacora.verificacion import verificar
from mesa.consultas.bitacora import en_palabras, pagina_de
from tramites.consultas.paginas import PARAMETRO
from tramites.reglas.permisos import exigir_papel, tiene_papel

from .. import busqueda
from ..filtros import BitacoraForm
from .personal import del_personal

POR_PAGINA = 50
# What a request verifies in the time that it has; beyond it, the command does.
MAX_SELLOS = 200_000


@require_http_methods(["GET", "HEAD", "POST"])
@del_personal
def bitacora(request: HttpRequest) -> HttpResponse:
    """Every act that matches, a page at a time."""
    usuario: Any = request.user
    exigir_papel(usuario, "verificar_bitacora")
    if not tiene_papel(usuario, "bitacora"):
        return render(request, "mesa/bitacora.html")
    if request.method == "POST":
        return busqueda.a_su_pagina(request, "bitacora", "persona")
    preguntado = busqueda.preguntado(request, "persona")
    form = BitacoraForm(preguntado)
    contexto: dict[str, Any] = {"form": form, "busca": True}
    if form.is_valid():
        pagina = pagina_de(usuario, form.busqueda(), request.GET.get(PARAMETRO, ""), POR_PAGINA)
        contexto |= {"pagina": pagina, "registros": en_palabras(list(pagina))}
        hallados = len(pagina) + (not pagina.unica)
        busqueda.anotar(request, "bitacora", preguntado.get("persona", ""), hallados)
    return render(request, "mesa/bitacora.html", contexto)


@require_POST
@del_personal
def verificar_cadena(request: HttpRequest) -> HttpResponse:
    """«Verificar»: whether the log says what it said when each act was written (S44)."""
    exigir_papel(request.user, "verificar_bitacora")
    ultimo = Sello.objects.order_by("-n").first()
    sellos = ultimo.n if ultimo else 0  # they are numbered without gaps
    if sellos > MAX_SELLOS:
        messages.warning(
            request, f"Son {sellos} sellos: pida que se ejecute «verificar_bitacora» en el servidor."
        )
    elif hallazgo := verificar(ahora=timezone.now()):
        messages.error(request, f"La bitácora no está íntegra. {hallazgo}.")
    else:
        messages.success(request, f"La bitácora está íntegra. Sellos: {sellos}.")
    return redirect("bitacora")
