"""«Admitir expediente» (T4)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tramites.acciones.admitir import admitir as admitir_gestion
from tramites.consultas.expediente import Expediente
from tramites.models import Gestion
from tramites.reglas.revision import impide_admitir

from ..formularios import VersionForm
from .personal import de_onsec, exigir_vista
from .ventana import ventana, version


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def admitir(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """«Admitir expediente», confirmed with its legal base (F2)."""
    exigir_vista(request, gestion, "admitir")
    if request.method == "POST":
        admitir_gestion(
            numero=gestion.numero, actor=request.user, version=version(request), ahora=timezone.now()
        )
        messages.success(request, f"El expediente de la Gestión No. {gestion.numero} quedó admitido.")
        return redirect("revision", gestion.numero)
    form = VersionForm(initial={"version": gestion.version})
    exp = Expediente(gestion, timezone.localdate())
    impide = impide_admitir(gestion, exp.veredictos)
    return ventana(request, "admitir", gestion, form, impide=impide)
