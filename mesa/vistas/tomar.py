"""«Tomar»."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tramites.acciones.tomar import tomar as tomar_gestion
from tramites.models import Gestion

from .personal import de_onsec


@require_POST
@de_onsec
def tomar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """«Tomar»."""
    tomar_gestion(numero=gestion.numero, actor=request.user, ahora=timezone.now())
    messages.success(request, f"Tomó la Gestión No. {gestion.numero}.")
    return redirect("revision", gestion.numero)
