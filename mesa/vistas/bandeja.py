"""The queue, «Tomar siguiente», and what the roles that do not review find in its place."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mesa.consultas import bandeja
from mesa.consultas.bandeja import Conteo, Pestana
from mesa.consultas.fila import FilaDeBandeja, Forma, Situacion, TextosDeFila, renglon, situacion
from tramites.consultas.paginas import PARAMETRO
from tramites.models import AsuetoExtra
from tramites.reglas.permisos import exigir_papel, puede, tiene_papel

from .. import busqueda
from ..filtros import ConsultaForm, FiltroForm, PorNumeroForm
from .personal import del_personal

POR_PAGINA = 25


@require_http_methods(["GET", "HEAD", "POST"])
@del_personal
def mesa(request: HttpRequest) -> HttpResponse:
    """The desk as each role has it (F1, F7): the queue, the counter's look-up, or a number to go to."""
    if request.method == "POST":
        return busqueda.a_su_pagina(request, "mesa", "q")
    usuario: Any = request.user
    if tiene_papel(usuario, "bandeja"):
        return _bandeja(request, usuario)
    return _consulta(request, usuario) if tiene_papel(usuario, "consultar") else _por_numero(request, usuario)


def _bandeja(request: HttpRequest, usuario: Any) -> HttpResponse:
    hoy, revisa = timezone.localdate(), tiene_papel(usuario, "tomar")
    pestanas = [p for p in Pestana if revisa or p is not Pestana.MIAS]
    cuentas, borradores = bandeja.cuentas(
        usuario, pestanas, con_borradores=tiene_papel(usuario, "borradores")
    )
    preguntado = busqueda.preguntado(request, "q")
    pestana = Pestana.de(request.GET.get("vista", "")) or _pestana_inicial(revisa, cuentas)
    filtro = FiltroForm(
        preguntado,
        personas=bandeja.nombres_de_revisores() if pestana is Pestana.TODAS else [],
        con_estado=pestana is Pestana.TODAS,
        reserva=tiene_papel(usuario, "reservadas"),
    )
    criterio, calendario = filtro.criterio(), AsuetoExtra.objects.calendario()
    pedida = request.GET.get(PARAMETRO, "")
    hoja = bandeja.bandeja(usuario, pestana, criterio, calendario, hoy, pedida, POR_PAGINA)
    busqueda.anotar(request, "bandeja", criterio.texto, hoja.al_menos)
    filas = [(fila, situacion(fila, hoy, calendario, fila.ultima_ronda)) for fila in hoja.pagina]
    contexto = {
        "pestana": pestana,
        "pestanas": list(cuentas.items()),
        "borradores": borradores,
        "filtro": filtro,
        "filtrada": any(preguntado.get(c) for c in filtro.fields),
        "pagina": hoja.pagina,
        "parecidas": hoja.parecidas,
        "total": hoja.total if criterio.filtra else cuentas.get(pestana, hoja.total),
        "con_a_cargo": pestana.con_a_cargo,
        "filas": filas,
        "renglones": _renglones(filas, filtro, revisa=revisa, con_a_cargo=pestana.con_a_cargo),
        "revisa": revisa,
        "hoy": hoy,
    }
    return render(request, "mesa/mesa.html", contexto)


def _renglones(
    filas: list[tuple[FilaDeBandeja, Situacion]], filtro: FiltroForm, **como: bool
) -> list[tuple[Forma, TextosDeFila]]:
    """The rows of the table; only who may ask for the reserved ones is told which they are."""
    con_reserva = "reservadas" in filtro.fields
    return [renglon(fila, suya, con_reserva=con_reserva, **como) for fila, suya in filas]


def _pestana_inicial(revisa: bool, cuentas: dict[Pestana, Conteo]) -> Pestana:
    """One's own work first; else what waits for somebody; who only reads, everything."""
    if not revisa:
        return Pestana.TODAS
    return Pestana.MIAS if cuentas[Pestana.MIAS] else Pestana.POR_ASIGNAR


def _consulta(request: HttpRequest, usuario: Any) -> HttpResponse:
    """The counter and the telephone: number, type, state and dates, no more (F7)."""
    preguntado = busqueda.preguntado(request, "q")
    form = ConsultaForm(preguntado if "q" in preguntado else None)
    halladas = bandeja.consultables(usuario, form.cleaned_data["q"]) if form.is_valid() else None
    busqueda.anotar(request, "consulta", preguntado.get("q", ""), len(halladas or ()))
    return render(request, "mesa/consulta.html", {"form": form, "halladas": halladas})


def _por_numero(request: HttpRequest, usuario: Any) -> HttpResponse:
    """Administración has no queue: by its number, a Gestión's mails and, with a reason, its files."""
    preguntado = busqueda.preguntado(request, "q")
    form = PorNumeroForm(preguntado if "q" in preguntado else None)
    gestion = bandeja.por_numero(form.cleaned_data["q"]) if form.is_valid() else None
    puedo = {
        accion: gestion is not None and puede(gestion, usuario, accion)
        for accion in ("leer_archivo_con_motivo", "reintentar_correo")
    }
    contexto = {"form": form, "gestion": gestion if any(puedo.values()) else None, "puedo": puedo}
    return render(request, "mesa/por_numero.html", contexto)


@require_safe
@del_personal
def borradores(request: HttpRequest) -> HttpResponse:
    """What was never sent, for jefatura: number, date and term, no data (matriz.md §3)."""
    exigir_papel(request.user, "borradores")
    cuentas, cuantos = bandeja.cuentas(request.user, Pestana, con_borradores=True)
    contexto = {
        "pestanas": list(cuentas.items()),
        "borradores": cuantos,
        "total": cuantos,
        "pagina": bandeja.borradores(request.user, request.GET.get(PARAMETRO, ""), POR_PAGINA),
    }
    return render(request, "mesa/borradores.html", contexto)
