"""«Desistir» (T6)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cuentas.apartado import apartado, olvidar, retomable
from cuentas.permisos import con_clave_reciente
from tramites.acciones.desistir import desistir as desistir_gestion
from tramites.ciudadano.formularios import DesistimientoForm
from tramites.models import Gestion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import CAMBIO, Conflicto

from .titular import de_titular


@require_http_methods(["GET", "HEAD", "POST"])
@retomable
@de_titular
@con_clave_reciente
def desistir(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """«Sí, desistir» / «No», with the password typed a moment ago (matriz.md T6)."""
    exigir(gestion, request.user, "desistir")
    inicial = {"motivo": apartado(request).get("motivo", ""), "version": gestion.version}
    form = DesistimientoForm(request.POST or None, initial=inicial)
    if request.method != "POST" or "motivo" in form.errors:
        contexto = {"gestion": gestion, "form": form}
        return render(request, "tramites/ciudadano/desistir.html", contexto)
    if not form.is_valid():
        raise Conflicto(CAMBIO)
    desistir_gestion(numero=gestion.numero, actor=request.user, ahora=timezone.now(), **form.cleaned_data)
    olvidar(request)
    messages.success(request, f"Desistió de la Gestión No. {gestion.numero}. Quedó archivada.")
    return redirect("gestion", gestion.numero)
