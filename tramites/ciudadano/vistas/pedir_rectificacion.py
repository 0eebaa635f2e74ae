"""«Pedir que se rectifique un dato» of what was already sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cuentas.apartado import apartado, olvidar, retomable
from tramites.acciones import pedir_rectificacion as accion
from tramites.ciudadano.formularios import RectificacionForm
from tramites.models import Gestion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import CAMBIO, AccionRechazada, Conflicto

from .titular import de_titular


@require_http_methods(["GET", "HEAD", "POST"])
@retomable
@de_titular
def pedir_rectificacion(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """What is wrong and what it should say; what was sent does not change."""
    exigir(gestion, request.user, "pedir_rectificacion")
    form = RectificacionForm(request.POST or None, initial={"texto": apartado(request).get("texto", "")})
    if request.method != "POST" or "texto" in form.errors:
        return _pagina(request, gestion, form)
    if not form.is_valid():
        raise Conflicto(CAMBIO)
    try:
        peticion = accion.pedir_rectificacion(
            numero=gestion.numero, actor=request.user, ahora=timezone.now(), **form.cleaned_data
        )
    except Conflicto:
        raise
    except AccionRechazada as rechazo:
        form.add_error("texto", rechazo.mensaje)
        return _pagina(request, gestion, form)
    olvidar(request)
    messages.success(
        request,
        f"Recibimos su petición, folio {peticion.folio}. "
        f"Le responderemos antes del {peticion.responder_antes_de:%d-%m-%Y}.",
    )
    return redirect("gestion", gestion.numero)


def _pagina(request: HttpRequest, gestion: Gestion, form: RectificacionForm) -> HttpResponse:
    contexto = {"gestion": gestion, "form": form}
    return render(request, "tramites/ciudadano/pedir_rectificacion.html", contexto)
