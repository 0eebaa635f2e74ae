"""«Liberar»."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tramites.acciones.liberar import liberar as liberar_gestion
from tramites.models import Gestion

from .personal import de_onsec, exigir_vista
from .ventana import version


@require_POST
@de_onsec
def liberar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """«Liberar»: what was judged stays with the Gestión."""
    exigir_vista(request, gestion, "liberar")
    liberar_gestion(numero=gestion.numero, actor=request.user, version=version(request), ahora=timezone.now())
    messages.success(request, f"Liberó la Gestión No. {gestion.numero}. Lo revisado se conserva.")
    return redirect("mesa")
