"""«Desarchivar» (T7)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tramites.acciones.desarchivar import desarchivar as desarchivar_gestion
from tramites.models import Causa, Gestion

from ..formularios import DesarchivarForm
from .personal import de_onsec, exigir_vista
from .ventana import hecho, ventana


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def desarchivar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """Jefatura re-opens it, with its reason (T7); of what was never sent it reads nothing."""
    exigir_vista(request, gestion, "desarchivar")
    form = DesarchivarForm(request.POST or None, initial={"version": gestion.version})
    if form.is_valid() and hecho(form, gestion, request, desarchivar_gestion):
        messages.success(request, f"La Gestión No. {gestion.numero} se reabrió.")
        legible = gestion.recibida_en is not None
        return redirect("revision", gestion.numero) if legible else redirect("borradores")
    desistida = gestion.causa_archivo == Causa.DESISTIMIENTO
    return ventana(request, "desarchivar", gestion, form, desistida=desistida)
