"""«Reasignar»."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mesa.consultas import bandeja
from tramites.acciones.reasignar import reasignar as reasignar_gestion
from tramites.models import Gestion
from tramites.reglas.revision import puede_revisar

from ..formularios import ReasignarForm
from .personal import de_onsec, exigir_vista
from .ventana import ventana


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
    return ventana(request, "reasignar", gestion, form)
