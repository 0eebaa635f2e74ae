"""«Decisión»: the motive that was typed is kept, and what was pressed opens (F2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tramites.models import Gestion
from tramites.reglas.permisos import exigir, puede

from ..motivo import guardar
from .personal import de_onsec, exigir_vista

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
