"""«Tomar siguiente» of the queue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tramites.acciones.tomar_siguiente import tomar_siguiente as tomar_la_siguiente

from .personal import del_personal


@require_POST
@del_personal
def tomar_siguiente(request: HttpRequest) -> HttpResponse:
    """«Tomar siguiente»: the oldest that nobody holds."""
    gestion = tomar_la_siguiente(actor=request.user, ahora=timezone.now())
    if gestion is None:
        messages.info(request, "No hay Gestiones por asignar.")
        return redirect("mesa")
    messages.success(request, f"Tomó la Gestión No. {gestion.numero}.")
    return redirect("revision", gestion.numero)
