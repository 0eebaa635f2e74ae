"""«Continuar» of a draft archived by time (FB2)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tramites.acciones.retomar import retomar as retomar_gestion
from tramites.models import Gestion

from .titular import de_titular


@require_POST
@de_titular
def retomar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """«Continuar» with a draft that was archived by time (FB2)."""
    gestion = retomar_gestion(numero=gestion.numero, actor=request.user, ahora=timezone.now())
    pendiente = gestion.pendiente
    messages.success(request, f"Retomó la Gestión No. {gestion.numero}. Nada de lo suyo se borró.")
    return redirect("paso", gestion.numero, pendiente.clave)
