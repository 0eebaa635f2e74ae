"""The two windows of the sending (B7.2, B7.4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tramites import consultas
from tramites.acciones.enviar import enviar as enviar_gestion
from tramites.acciones.reenviar import reenviar
from tramites.ciudadano.formularios import EnvioForm
from tramites.models import Gestion
from tramites.reglas.envio import exigir_completa, exigir_corregida
from tramites.reglas.rechazos import CAMBIO, Conflicto

from .titular import de_titular
from .tramites import aceptado


@require_http_methods(["GET", "HEAD", "POST"])
@de_titular
def enviar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """Window 1, of the first sending and of a correction (E6): it is sent on «Sí» (B7.6), once."""
    if request.method == "POST":
        return _enviar(request, gestion)
    if gestion.en_correccion:
        exigir_corregida(gestion)
    elif not gestion.editable:
        return redirect("enviada" if gestion.recibida_en else "gestion", gestion.numero)
    else:
        exigir_completa(gestion)
    form = EnvioForm(initial={"version": gestion.version})
    return render(
        request,
        "tramites/ciudadano/enviar.html",
        {"gestion": gestion, "tramite": gestion.definicion, "form": form},
    )


def _enviar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    form = EnvioForm(request.POST)
    if not form.is_valid():
        raise Conflicto(CAMBIO)
    mandar = reenviar if gestion.en_correccion else enviar_gestion
    mandar(numero=gestion.numero, actor=request.user, ahora=timezone.now(), **form.cleaned_data)
    # «Aceptar» of window 2 goes back to the procedure without asking for the right again (B7.7).
    request.session[aceptado(gestion.tramite)] = True
    return redirect("enviada", gestion.numero)


@require_safe
@de_titular
def enviada(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """Window 2; it may be opened again (B7.6)."""
    if consultas.ultimo_envio(gestion) is None:
        return redirect("gestion", gestion.numero)
    return render(
        request, "tramites/ciudadano/enviada.html", {"gestion": gestion, "tramite": gestion.definicion}
    )
