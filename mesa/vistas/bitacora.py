"""The log for auditoría: search, take away and verify; administración only verifies (matriz.md §3)."""

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bitacora.models import Sello
from bitacora.verificacion import verificar
from mesa.consultas.bitacora import Asiento, buscar, en_palabras, todos_en_palabras
from mesa.consultas.hechos import POR_SU_ORDEN
from tramites.acciones.exportar_bitacora import exportar_bitacora
from tramites.consultas.paginas import PARAMETRO, paginar
from tramites.reglas.permisos import PAPELES, exigir_papel, papeles_con

from .. import busqueda
from ..filtros import BitacoraForm
from .personal import del_personal

POR_PAGINA = 50
# What a request verifies in the time that it has; beyond it, the command does.
MAX_SELLOS = 200_000
COLUMNAS = ("Registro", "Fecha y hora", "Gestión", "Acto", "Detalle", "Quién", "Huella SHA-256")


@require_http_methods(["GET", "HEAD", "POST"])
@del_personal()
def bitacora(request: HttpRequest) -> HttpResponse:
    """Every act that matches, a page at a time."""
    usuario: Any = request.user
    exigir_papel(usuario, "verificar_bitacora")
    if PAPELES[usuario.papel] not in papeles_con("bitacora"):
        return render(request, "tramites/revision/bitacora.html")
    if request.method == "POST":
        return busqueda.a_su_pagina(request, "bitacora", "persona")
    preguntado = busqueda.preguntado(request, "persona")
    form = BitacoraForm(preguntado)
    contexto: dict[str, Any] = {"form": form, "busca": True}
    if form.is_valid():
        pagina = paginar(
            buscar(usuario, form.busqueda()), POR_SU_ORDEN, request.GET.get(PARAMETRO, ""), POR_PAGINA
        )
        contexto |= {"pagina": pagina, "registros": en_palabras(list(pagina))}
        hallados = len(pagina) + (not pagina.unica)
        busqueda.anotar(request, "bitacora", preguntado.get("persona", ""), hallados)
    return render(request, "tramites/revision/bitacora.html", contexto)


@require_POST
@del_personal()
def exportar(request: HttpRequest) -> HttpResponseBase:
    """The search as CSV, logged before its first row leaves."""
    exigir_papel(request.user, "bitacora")
    form = BitacoraForm(request.POST)
    if not form.is_valid():
        return render(request, "tramites/revision/bitacora.html", {"form": form, "busca": True})
    busqueda = form.busqueda()
    eventos = buscar(request.user, busqueda)
    acto = exportar_bitacora(
        actor=request.user, registros=eventos.count(), filtros=busqueda.filtros, ahora=timezone.now()
    )
    registros = todos_en_palabras(eventos.filter(pk__lt=acto.pk))
    respuesta = StreamingHttpResponse(_csv(registros), content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="bitacora-{timezone.localdate()}.csv"'
    return respuesta


@require_POST
@del_personal()
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


class _Eco:
    """What `csv` writes to: hands each line on."""

    def write(self, linea: str) -> str:
        return linea


def _csv(registros: Iterator[Asiento]) -> Iterator[str]:
    escritor = csv.writer(_Eco(), quoting=csv.QUOTE_ALL)
    yield "\ufeff" + escritor.writerow(COLUMNAS)  # the mark tells spreadsheets that it is UTF-8
    for r in registros:
        cuando = f"{timezone.localtime(r.ocurrido_en):%d-%m-%Y %H:%M:%S}"
        celdas = (r.numero, cuando, r.gestion or "", r.texto, r.detalle, r.quien, r.resumen)
        yield escritor.writerow([_inofensiva(str(celda)) for celda in celdas])


def _inofensiva(celda: str) -> str:
    """No spreadsheet takes it for a formula (S34)."""
    return f"'{celda}" if celda.startswith(("=", "+", "-", "@", "\t", "\r")) else celda
