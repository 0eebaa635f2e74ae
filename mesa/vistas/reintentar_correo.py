"""«Reintentar»: send again the mails of a Gestión that failed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from notificaciones.acciones.reintentar_correo import reintentar_correo
from notificaciones.correo.vigencia import no_vigentes
from tramites.models import Gestion

from .personal import de_onsec, de_vuelta


@require_POST
@de_onsec
def reintentar(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """Queue again the failed mails of the Gestión, and say how many and how many say true no more."""
    ahora = timezone.now()
    cuantos = reintentar_correo(numero=gestion.numero, actor=request.user, ahora=ahora)
    sin_objeto = no_vigentes(numero=gestion.numero, ahora=ahora)
    if cuantos:
        messages.success(request, f"Correos que se enviarán otra vez: {cuantos}.")
    if sin_objeto:
        messages.info(request, f"Correos que no se envían porque ya no corresponden: {sin_objeto}.")
    if not (cuantos or sin_objeto):
        messages.info(request, "No hay correos fallidos que reintentar.")
    return redirect(de_vuelta(request, gestion.numero))
