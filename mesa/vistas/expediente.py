"""The page of a Gestión: its data beside its documents, the verdicts and the decision (F1, F5)."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bitacora.models import Evento
from mesa.consultas import bandeja, hechos
from mesa.consultas.fila import Situacion, situacion
from tramites.acciones.observar import MOTIVO
from tramites.consultas.expediente import Expediente, Lugar, internos_de
from tramites.consultas.historial import AVISADOS, aviso_fallido, eventos_de
from tramites.consultas.paginas import PARAMETRO, paginar
from tramites.habiles import Calendario
from tramites.models import AsuetoExtra, Documento, Estado, Gestion, Resultado
from tramites.reglas.notificacion import previo_sin_entregar
from tramites.reglas.permisos import ASIGNADO, MATRIZ, papeles_de, puede
from tramites.reglas.revision import impide_admitir, impide_observar, ya_verificados

from .. import lectura
from ..formularios import InternosForm, NotaForm, VeredictoForm, VersionForm
from ..motivo import motivo_de
from .personal import de_onsec

HECHOS_POR_PAGINA = 50


@require_safe
@de_onsec
def revision(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """The Gestión as it was sent; opening it is a reading, and so is each file that it shows."""
    sigue = lectura.sigue(request, gestion)
    return pagina(request, gestion, abrir=request.GET.get("abrir", ""), sigue=sigue)


def pagina(
    request: HttpRequest,
    gestion: Gestion,
    *,
    form: Any = None,
    abrir: str = "",
    compuesto: bool = False,
    sigue: bool = True,
) -> HttpResponse:
    """The page; `form` is the one that was sent and has to be shown again, `abrir` the place in hand.

    `sigue` says that it goes on with the reading in course, as when a form is shown again.
    """
    lectura.leer(request, gestion, sigue=sigue)
    exp = Expediente(gestion, timezone.localdate())
    puedo = {accion: puede(gestion, request.user, accion) for accion in MATRIZ}
    en_mano = _en_mano(exp, abrir, puedo["juzgar"])
    avisos = eventos_de(gestion, *AVISADOS)
    contexto = {
        "gestion": gestion,
        "exp": exp,
        "puedo": puedo,
        "soy_analista": ASIGNADO in papeles_de(gestion, request.user),
        "en_mano": en_mano,
        "visor": _visor(request, gestion, exp, en_mano, sigue) if puedo["leer_archivo"] else None,
        "lugares": _lugares(gestion, exp, form, puedo["juzgar"]),
        "rondas": [(p, [(c, exp.nombrados(c)) for c in p.emitidos]) for p in exp.previos],
        "aviso_fallido": aviso_fallido(gestion, avisos),
        "form": form,
        "compuesto": compuesto,
        "situacion": _situacion(gestion, exp.hoy),
        "otras": bandeja.otras_de(gestion, request.user),
        "version": VersionForm(initial={"version": gestion.version}, auto_id=False),
        "motivo": motivo_de(request, gestion),
        **_decision(gestion, exp, puedo),
        **_internos(gestion, puedo, form, avisos),
    }
    return render(request, "mesa/revision.html", contexto)


def _situacion(gestion: Gestion, hoy: date) -> Situacion:
    calendario = AsuetoExtra.objects.calendario() if gestion.en_cola_desde else Calendario()
    return situacion(gestion, hoy, calendario, gestion.ronda)


def _en_mano(exp: Expediente, abrir: str, juzga: bool) -> Lugar | None:
    """The place that was asked for; else, for whoever judges, the first that is not done."""
    pedido = next((lugar for lugar in exp.lugares if str(lugar.clave) == abrir), None)
    if pedido or not juzga:
        return pedido
    return next((r for r in exp.renglones if not r.revisado), None)


def _visor(
    request: HttpRequest, gestion: Gestion, exp: Expediente, en_mano: Lugar | None, sigue: bool
) -> dict[str, Any] | None:
    """The file and page on view: that of the place in hand which was asked for, or its newest that counts."""
    documento = _pedido(request, exp, en_mano) or _principal(exp, en_mano)
    if documento is None:
        return {"renglon": en_mano.renglon, "lugar": en_mano.clave} if en_mano and exp.cuentan else None
    lectura.leer_documento(request, gestion, documento.pk, sigue=sigue)
    pedida = request.GET.get("pagina", "")
    numero = int(pedida) if pedida.isascii() and pedida.isdigit() else 1
    actual = min(max(numero, 1), documento.paginas)
    return {
        "documento": documento,
        "renglon": gestion.lugar(renglon=documento.renglon),
        "lugar": documento.renglon if documento in exp.cuentan else "",
        "pagina": actual,
        "anterior": _direccion(gestion, documento, actual - 1) if actual > 1 else "",
        "siguiente": _direccion(gestion, documento, actual + 1) if actual < documento.paginas else "",
    }


def _pedido(request: HttpRequest, exp: Expediente, en_mano: Lugar | None) -> Documento | None:
    """The file that the address names, unless it is of another renglón than the one in hand."""
    try:
        documento = exp.documento(UUID(request.GET.get("ver", "")))
    except ValueError:
        return None
    ajeno = documento and en_mano and en_mano.renglon and en_mano.clave != documento.renglon
    return None if ajeno else documento


def _principal(exp: Expediente, en_mano: Lugar | None) -> Documento | None:
    """A renglón's own or none; beside a step, or with nothing in hand, the first renglón's."""
    if en_mano and en_mano.renglon:
        return en_mano.principal
    return next((r.principal for r in exp.renglones if r.principal), None)


def _direccion(gestion: Gestion, documento: Documento, pagina: int) -> str:
    consulta = urlencode({"abrir": documento.renglon, "ver": documento.pk, "pagina": pagina})
    return f"{reverse('revision', args=[gestion.numero])}?{consulta}#visor"


def formulario_de(
    gestion: Gestion, lugar: Lugar, verificados: frozenset[int], *args: Any, **kwargs: Any
) -> VeredictoForm:
    """The verdict's form of a renglón or step, on the version that stands."""
    # A case of a step also observes the renglón of the form (matriz.md §5).
    observado = lugar.renglon.numero if lugar.renglon else gestion.definicion.renglon_formulario
    return VeredictoForm(
        *args,
        lugar=lugar,
        partes=gestion.definicion.partes_de_caso(lugar.clave),
        ya_verificado=observado in verificados,
        initial={"version": gestion.version},
        **kwargs,
    )


def _lugares(
    gestion: Gestion, exp: Expediente, form: Any, juzga: bool
) -> list[tuple[Lugar, VeredictoForm | None]]:
    """Each place, with its form for whoever judges; the one that was sent keeps what was typed."""
    if not juzga:
        return [(lugar, None) for lugar in exp.lugares]
    enviado = form.lugar.clave if isinstance(form, VeredictoForm) else None
    verificados = ya_verificados(gestion)
    return [
        (lugar, form if lugar.clave == enviado else formulario_de(gestion, lugar, verificados))
        for lugar in exp.lugares
    ]


def _decision(gestion: Gestion, exp: Expediente, puedo: dict[str, bool]) -> dict[str, Any]:
    """What is missing to decide, told before anybody presses (F2)."""
    if not puedo["observar"]:
        return {}
    return {
        "decide": True,
        "motivos": gestion.definicion.motivos(),
        "sin_motivo": MOTIVO,
        "impide_observar": impide_observar(gestion, exp.veredictos),
        "impide_admitir": impide_admitir(gestion, exp.veredictos),
        "casos": sum(v.resultado == Resultado.OBSERVADO for v in exp.veredictos),
    }


def _internos(gestion: Gestion, puedo: dict[str, bool], form: Any, avisos: list[Evento]) -> dict[str, Any]:
    """The office's own data and notes, and what the previo's notice asks of it."""
    contexto: dict[str, Any] = {}
    if puedo["datos_internos"]:
        instancia = internos_de(gestion)
        vista = {"version": gestion.version}
        formulario = InternosForm.con_los_de(gestion.definicion)
        contexto["internos"] = (
            form if isinstance(form, InternosForm) else formulario(instance=instancia, initial=vista)
        )
        contexto["rectificaciones"] = gestion.rectificaciones.all()
        contexto["notas"] = gestion.notas.select_related("autor")
    if puedo["anotar"]:
        contexto["nota"] = form if isinstance(form, NotaForm) else NotaForm()
    if gestion.estado == Estado.OBSERVADA:
        contexto["sin_entregar"] = previo_sin_entregar(gestion, avisos)
    return contexto


@require_safe
@de_onsec
def historia(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """Every act, who did it and when (F3)."""
    lectura.leer(request, gestion)
    pagina = paginar(
        hechos.visibles(gestion), hechos.POR_SU_ORDEN, request.GET.get(PARAMETRO, ""), HECHOS_POR_PAGINA
    )
    contexto = {
        "gestion": gestion,
        "pagina": pagina,
        "actos": hechos.en_palabras(gestion, list(pagina)),
    }
    return render(request, "mesa/historia.html", contexto)
