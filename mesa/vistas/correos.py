"""The desk's mails: the preview of a previo's, and sending again what failed."""

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from notificaciones.acciones.reintentar_correo import reintentar_correo, vencidos
from notificaciones.correo.redaccion import VistaPrevia, vista_previa_previo
from notificaciones.vistas.notificaciones import COMO_CORREO
from tramites.models import Gestion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import Conflicto

from ..motivo import motivo_de
from .personal import de_onsec, de_vuelta


@require_safe
@de_onsec
def vista_previa_correo(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """The mail that «Enviar a previo» would send now, with the motive typed; once sent, the one that went."""
    contexto = {"gestion": gestion, "vista": _vista(request, gestion)}
    return render(request, "notificaciones/vista_previa.html", contexto)


@require_safe
@csp_replace(COMO_CORREO)
@de_onsec
def vista_previa_html(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """The same mail as a mail program shows it."""
    return HttpResponse(_vista(request, gestion).html)


@require_POST
@de_onsec
def reintentar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """Queue again the failed mails of the Gestión, and say how many and how many say true no more."""
    ahora = timezone.now()
    cuantos = reintentar_correo(numero=gestion.numero, actor=request.user, ahora=ahora)
    sin_objeto = vencidos(numero=gestion.numero, ahora=ahora)
    if cuantos:
        messages.success(request, f"Correos que se enviarán otra vez: {cuantos}.")
    if sin_objeto:
        messages.info(request, f"Correos que no se envían porque ya no corresponden: {sin_objeto}.")
    if not (cuantos or sin_objeto):
        messages.info(request, "No hay correos fallidos que reintentar.")
    return redirect(de_vuelta(request, gestion.numero))


def _vista(request: HttpRequest, gestion: Gestion) -> VistaPrevia:
    exigir(gestion, request.user, "vista_previa")
    motivo = motivo_de(request, gestion)
    vista = vista_previa_previo(gestion=gestion, motivo=motivo, ahora=timezone.now())
    if vista is None:
        raise Conflicto("A esta Gestión no se le ha enviado ningún previo.")
    return vista
