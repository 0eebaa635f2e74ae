"""From the board to a new Gestión: tablero, the eligibility window, «+ Nueva Solicitud»."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cuentas.permisos import solo_ciudadano
from tramites import consultas, registro
from tramites.acciones.crear import crear
from tramites.ciudadano.formularios import FichaForm
from tramites.consultas.plazo import plazo_de
from tramites.definicion import ClasePaso, Tramite
from tramites.models import Estado, Gestion
from tramites.reglas.rechazos import AccionRechazada


def aceptado(clave: str) -> str:
    """Session key: the eligibility window of that procedure was accepted in this visit (A6)."""
    return f"derecho_{clave}"


def tramite_o_404(clave: str) -> Tramite:
    """The procedure in its newest version; 404 when there is none that may be asked for."""
    tramite = next((t for t in registro.publicados() if t.clave == clave), None)
    if tramite is None:
        raise Http404
    return tramite


@require_safe
@solo_ciudadano
def tablero(request: HttpRequest) -> HttpResponse:
    """What the person has to do first, and where everything is."""
    gestiones = list(Gestion.objects.de(request.user))
    borradores = [_avance(g) for g in gestiones if g.estado == Estado.CREACION]
    observadas = [_por_corregir(g) for g in gestiones if g.estado == Estado.OBSERVADA]
    return render(
        request,
        "tramites/ciudadano/tablero.html",
        {
            "observadas": observadas[::-1],
            "borradores": borradores[::-1],
            "en_tramite": [g for g in gestiones if g.estado == Estado.RECIBIDA][::-1],
        },
    )


def _avance(gestion: Gestion) -> dict[str, Any]:
    paso = gestion.pendiente
    plazo = plazo_de(gestion, timezone.localdate())
    return {"gestion": gestion, "paso": paso, "hechos": paso.numero - 1, "plazo": plazo}


def _por_corregir(gestion: Gestion) -> dict[str, Any]:
    documentos = gestion.de_clase(ClasePaso.DOCUMENTOS)
    plazo = plazo_de(gestion, timezone.localdate())
    return {"gestion": gestion, "paso": documentos, "plazo": plazo}


@require_safe
@solo_ciudadano
def tramites(request: HttpRequest) -> HttpResponse:
    """«Trámites de Previsión Civil» (A4)."""
    return render(request, "tramites/ciudadano/tramites.html", {"tramites": registro.publicados()})


@require_http_methods(["GET", "HEAD", "POST"])
@solo_ciudadano
def derecho(request: HttpRequest, clave: str) -> HttpResponse:
    """The eligibility window, once a session; «Aceptar» opens the procedure (A6)."""
    tramite = tramite_o_404(clave)
    if request.method == "POST":
        request.session[aceptado(clave)] = True
    if request.session.get(aceptado(clave)):
        return redirect("inicio_tramite", clave)
    contexto = {"tramite": tramite, "textos": tramite.textos_del_dia}
    return render(request, "tramites/ciudadano/derecho.html", contexto)


@require_safe
def requisitos(request: HttpRequest, clave: str) -> HttpResponse:
    """What the procedure asks for, in public (A7)."""
    tramite = tramite_o_404(clave)
    contexto = {"tramite": tramite, "textos": tramite.textos_del_dia}
    return render(request, "tramites/ciudadano/requisitos.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@solo_ciudadano
def inicio_tramite(request: HttpRequest, clave: str) -> HttpResponse:
    """The procedure's page with its two buttons (A7); the POST is «+ Nueva Solicitud»."""
    tramite = tramite_o_404(clave)
    if not request.session.get(aceptado(clave)):
        return redirect("derecho", clave)
    ficha = FichaForm(request.POST or None)
    if request.method == "POST" and ficha.is_valid():
        return _nueva(request, tramite, ficha)
    contexto = {"tramite": tramite, "familia": registro.familia_de(tramite), "ficha": FichaForm()}
    return render(request, "tramites/ciudadano/inicio.html", contexto)


def _nueva(request: HttpRequest, tramite: Tramite, ficha: FichaForm) -> HttpResponse:
    """Open the Gestión; with another one open, only after asking (C6)."""
    borrador = consultas.borrador_abierto(request.user, tramite)
    otra = borrador or consultas.en_tramite(request.user, tramite)
    repetida = consultas.abierta_con(request.user, ficha.cleaned_data["ficha"])
    if otra and not repetida and "confirmada" not in request.POST:
        contexto = {"tramite": tramite, "ficha": ficha, "otra": otra, "borrador": borrador}
        return render(request, "tramites/ciudadano/otra_abierta.html", contexto)
    try:
        gestion = crear(
            actor=request.user, tramite=tramite, ficha=ficha.cleaned_data["ficha"], ahora=timezone.now()
        )
    except Gestion.DoesNotExist as ajena:
        raise Http404 from ajena
    except AccionRechazada as rechazo:
        messages.error(request, rechazo.mensaje)
        return redirect("solicitudes")
    messages.success(request, f"Abrió la Gestión No. {gestion.numero}. Puede salir y seguir otro día.")
    return redirect("paso", gestion.numero, tramite.pasos[0].clave)
