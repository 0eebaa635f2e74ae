"""What auditoría found in the log, as CSV: an act like any other (matriz.md §3)."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mesa.consultas.bitacora import Asiento, buscar, todos_en_palabras
from tramites.acciones.exportar_bitacora import exportar_bitacora
from tramites.reglas.permisos import exigir_papel

from ..filtros import BitacoraForm
from .personal import del_personal

COLUMNAS = ("Registro", "Fecha y hora", "Gestión", "Acto", "Detalle", "Quién", "Huella SHA-256")


@require_POST
@del_personal
def exportar(request: HttpRequest) -> HttpResponseBase:
    """The search as CSV, logged before its first row leaves."""
    exigir_papel(request.user, "bitacora")
    form = BitacoraForm(request.POST)
    if not form.is_valid():
        return render(request, "mesa/bitacora.html", {"form": form, "busca": True})
    busqueda = form.busqueda()
    eventos = buscar(request.user, busqueda)
    acto = exportar_bitacora(
        actor=request.user, registros=eventos.count(), filtros=busqueda.filtros, ahora=timezone.now()
    )
    registros = todos_en_palabras(eventos.filter(pk__lt=acto.pk))
    respuesta = StreamingHttpResponse(_csv(registros), content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="bitacora-{timezone.localdate()}.csv"'
    return respuesta


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
