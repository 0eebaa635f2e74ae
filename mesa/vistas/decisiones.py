"""Who holds the Gestión and what becomes of it; each act says the version that was on the screen."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mesa.consultas import bandeja
from tramites.acciones.admitir import admitir as admitir_gestion
from tramites.acciones.desarchivar import desarchivar as desarchivar_gestion
from tramites.acciones.observar import MOTIVO
from tramites.acciones.observar import observar as observar_gestion
from tramites.acciones.registrar_notificacion import registrar_notificacion as registrar
from tramites.acciones.tomar import liberar as liberar_gestion
from tramites.acciones.tomar import reasignar as reasignar_gestion
from tramites.acciones.tomar import tomar as tomar_gestion
from tramites.consultas.expediente import Expediente
from tramites.models import Causa, Gestion, Resultado
from tramites.reglas.permisos import exigir, puede
from tramites.reglas.rechazos import CAMBIO, AccionRechazada, Conflicto
from tramites.reglas.revision import puede_revisar, sin_revisar, sin_verificar

from ..formularios import DesarchivarForm, NotificacionForm, PrevioForm, ReasignarForm, VersionForm
from ..motivo import guardar, motivo_de
from .personal import de_onsec, exigir_vista


def _version(request: HttpRequest) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Conflicto(CAMBIO)
    return form.cleaned_data["version"]


@require_POST
@de_onsec
def tomar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """«Tomar»."""
    tomar_gestion(numero=gestion.numero, actor=request.user, ahora=timezone.now())
    messages.success(request, f"Tomó la Gestión No. {gestion.numero}.")
    return redirect("revision", gestion.numero)


@require_POST
@de_onsec
def liberar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """«Liberar»: what was judged stays with the Gestión."""
    exigir_vista(request, gestion, "liberar")
    liberar_gestion(
        numero=gestion.numero, actor=request.user, version=_version(request), ahora=timezone.now()
    )
    messages.success(request, f"Liberó la Gestión No. {gestion.numero}. Lo revisado se conserva.")
    return redirect("mesa")


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def reasignar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """«Reasignar»: jefatura hands it to whoever may review it, or keeps it."""
    exigir_vista(request, gestion, "reasignar")
    personas = bandeja.revisores()
    aptas = personas.filter(pk__in=[p.pk for p in personas if puede_revisar(gestion, p)])
    form = ReasignarForm(request.POST or None, personas=aptas, initial={"version": gestion.version})
    if form.is_valid():
        datos = form.cleaned_data
        reasignar_gestion(numero=gestion.numero, actor=request.user, ahora=timezone.now(), **datos)
        messages.success(request, f"La Gestión No. {gestion.numero} quedó a cargo de {datos['a']}.")
        return redirect("revision", gestion.numero)
    return _ventana(request, "reasignar", gestion, form)


# Where each button of «Decisión» leads; Enter in the motive is the first one.
DESTINOS = ("observar", "admitir", "vista_previa_correo")


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def decidir(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """Keep the motive that was typed, and go on to what was pressed."""
    if request.method != "POST":
        exigir(gestion, request.user, "leer")
        return redirect(f"{reverse('revision', args=[gestion.numero])}#decision")
    guardar(request, gestion, request.POST.get("motivo", ""))
    if not puede(gestion, request.user, "observar"):
        exigir_vista(request, gestion, "observar")
    destino = request.POST.get("accion", "")
    return redirect(destino if destino in DESTINOS else DESTINOS[0], gestion.numero)


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def observar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """«Enviar a previo», confirmed over the cases that the person will read (F2)."""
    if request.method == "POST":
        return _enviar_a_previo(request, gestion)
    exigir_vista(request, gestion, "observar")
    motivo = motivo_de(request, gestion)
    form = PrevioForm(initial={"version": gestion.version, "motivo": motivo})
    exp = Expediente(gestion, timezone.localdate())
    contexto = {
        "motivo": motivo,
        "sin_motivo": MOTIVO,
        "observados": [lugar for lugar in exp.lugares if _observado(lugar)],
        "faltan": sin_revisar(gestion, exp.veredictos),
    }
    return _ventana(request, "observar", gestion, form, **contexto)


def _enviar_a_previo(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """Send it; refused or too late, the motive that was typed waits on the page (matriz.md §1)."""
    form = PrevioForm(request.POST)
    guardar(request, gestion, request.POST.get("motivo", ""))
    exigir_vista(request, gestion, "observar")
    if not form.is_valid():
        raise Conflicto(CAMBIO)
    observar_gestion(numero=gestion.numero, actor=request.user, ahora=timezone.now(), **form.cleaned_data)
    guardar(request, gestion, "")
    messages.success(request, f"La Gestión No. {gestion.numero} se envió a previo.")
    return redirect("revision", gestion.numero)


def _observado(lugar: Any) -> bool:
    return bool(lugar.veredicto) and lugar.veredicto.resultado == Resultado.OBSERVADO


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def admitir(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """«Admitir expediente», confirmed with its legal base (F2)."""
    exigir_vista(request, gestion, "admitir")
    if request.method == "POST":
        admitir_gestion(
            numero=gestion.numero, actor=request.user, version=_version(request), ahora=timezone.now()
        )
        messages.success(request, f"El expediente de la Gestión No. {gestion.numero} quedó admitido.")
        return redirect("revision", gestion.numero)
    form = VersionForm(initial={"version": gestion.version})
    exp = Expediente(gestion, timezone.localdate())
    contexto = {
        "faltan": sin_verificar(gestion, exp.veredictos),
        "observados": [lugar for lugar in exp.lugares if _observado(lugar)],
    }
    return _ventana(request, "admitir", gestion, form, **contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def desarchivar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """Jefatura re-opens it, with its reason (T7); of what was never sent it reads nothing."""
    exigir_vista(request, gestion, "desarchivar")
    form = DesarchivarForm(request.POST or None, initial={"version": gestion.version})
    if form.is_valid() and _hecho(form, gestion, request, desarchivar_gestion):
        messages.success(request, f"La Gestión No. {gestion.numero} se reabrió.")
        legible = gestion.recibida_en is not None
        return redirect("revision", gestion.numero) if legible else redirect("borradores")
    desistida = gestion.causa_archivo == Causa.DESISTIMIENTO
    return _ventana(request, "desarchivar", gestion, form, desistida=desistida)


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def registrar_notificacion(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """The previo was told by hand, because its mail failed (FB0)."""
    exigir_vista(request, gestion, "registrar_notificacion")
    form = NotificacionForm(request.POST or None)
    if form.is_valid() and _hecho(form, gestion, request, registrar):
        messages.success(request, "Quedó registrada la notificación. El plazo corre desde ese día.")
        return redirect("revision", gestion.numero)
    return _ventana(request, "notificacion", gestion, form)


def _hecho(form: Any, gestion: Gestion, request: HttpRequest, accion: Any) -> bool:
    """Do it with what was typed; a refusal that is no conflict is said in the form."""
    try:
        accion(numero=gestion.numero, actor=request.user, ahora=timezone.now(), **form.cleaned_data)
    except Conflicto:
        raise
    except AccionRechazada as rechazo:
        form.add_error(None, rechazo.mensaje)
        return False
    return True


def _ventana(
    request: HttpRequest, plantilla: str, gestion: Gestion, form: Any, **contexto: Any
) -> HttpResponse:
    volver = puede(gestion, request.user, "leer")
    contexto |= {"gestion": gestion, "form": form, "legible": volver}
    return render(request, f"tramites/revision/{plantilla}.html", contexto)
