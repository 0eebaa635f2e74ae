"""The preview of the mail of a previo."""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mesa.consultas.vista_previa import VistaPrevia, vista_previa_previo
from notificaciones.vistas.correos import COMO_CORREO
from tramites.models import Gestion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import Conflicto

from ..motivo import motivo_de
from .personal import de_onsec


@require_safe
@de_onsec
def vista_previa_correo(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """The mail that «Enviar a previo» would send now, with the motive typed; once sent, the one that went."""
    contexto = {"gestion": gestion, "vista": _vista(request, gestion)}
    return render(request, "mesa/vista_previa.html", contexto)


@require_safe
@csp_replace(COMO_CORREO)
@de_onsec
def vista_previa_html(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """The same mail as a mail program shows it."""
    return HttpResponse(_vista(request, gestion).html)


def _vista(request: HttpRequest, gestion: Gestion) -> VistaPrevia:
    exigir(gestion, request.user, "vista_previa")
    motivo = motivo_de(request, gestion)
    vista = vista_previa_previo(gestion=gestion, motivo=motivo, ahora=timezone.now())
    if vista is None:
        raise Conflicto("A esta Gestión no se le ha enviado ningún previo.")
    return vista
