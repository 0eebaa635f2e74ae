"""«Registrar notificación»: the previo was told by hand (FB0)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tramites.acciones.registrar_notificacion import registrar_notificacion as registrar
from tramites.models import Gestion

from ..formularios import NotificacionForm
from .personal import de_onsec, exigir_vista
from .ventana import hecho, ventana


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def registrar_notificacion(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """The previo was told by hand, because its mail failed (FB0)."""
    exigir_vista(request, gestion, "registrar_notificacion")
    form = NotificacionForm(request.POST or None)
    if form.is_valid() and hecho(form, gestion, request, registrar):
        messages.success(request, "Quedó registrada la notificación. El plazo corre desde ese día.")
        return redirect("revision", gestion.numero)
    return ventana(request, "notificacion", gestion, form)
