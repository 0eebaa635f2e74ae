"""«Notas internas»: a note with its date (F6)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tramites.acciones.anotar import anotar as anotar_nota
from tramites.models import Gestion
from tramites.reglas.permisos import exigir

from .. import lectura
from ..formularios import NotaForm
from .expediente import pagina
from .personal import de_onsec


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def anotar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """A note with its date."""
    exigir(gestion, request.user, "anotar")
    if request.method != "POST":
        return redirect(_direccion(gestion, "notas"))
    form = NotaForm(request.POST)
    if not form.is_valid():
        return pagina(request, gestion, form=form)
    anotar_nota(numero=gestion.numero, actor=request.user, ahora=timezone.now(), **form.cleaned_data)
    messages.success(request, "Se guardó la nota.")
    lectura.volver(request, gestion)
    return redirect(_direccion(gestion, "notas"))


def _direccion(gestion: Gestion, ancla: str) -> str:
    return f"{reverse('revision', args=[gestion.numero])}#{ancla}"
