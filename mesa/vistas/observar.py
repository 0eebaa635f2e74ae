"""«Enviar a previo» (T2)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tramites.acciones.observar import MOTIVO
from tramites.acciones.observar import observar as observar_gestion
from tramites.consultas.expediente import Expediente
from tramites.models import Gestion
from tramites.reglas.rechazos import CAMBIO, Conflicto
from tramites.reglas.revision import impide_observar

from ..formularios import PrevioForm
from ..motivo import guardar, motivo_de
from .personal import de_onsec, exigir_vista
from .ventana import observado, ventana


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
        "observados": [lugar for lugar in exp.lugares if observado(lugar)],
        "impide": impide_observar(gestion, exp.veredictos),
    }
    return ventana(request, "observar", gestion, form, **contexto)


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
