"""«Mis Notificaciones»: the list, and each notice."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import select_template
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tramites.consultas.paginas import PARAMETRO, paginar

from .. import consultas
from ..acciones.acusar import acusar
from ..correo.redaccion import parrafos
from .visita import abierto_desde_el_portal

POR_PAGINA = 20


@login_required
@require_safe
def notificaciones(request: HttpRequest) -> HttpResponse:
    """The person's notices, newest first."""
    suyas = consultas.mias(request.user)
    pagina = paginar(suyas, consultas.LAS_NUEVAS_ANTES, request.GET.get(PARAMETRO, ""), POR_PAGINA)
    return render(request, "notificaciones/vistas/lista.html", {"pagina": pagina})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notificacion(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice; someone else's does not exist.

    Opening it is the acknowledgement that the law counts from («el titular abrió el aviso en el
    portal», matriz.md §6). Arrived at in any other way than by a click in the portal, it is shown
    without effect, and the button acknowledges it (S19; docs/decisiones/0023).
    """
    aviso = get_object_or_404(consultas.mias(request.user), pk=pk)
    visto = request.method == "POST" or abierto_desde_el_portal(request)
    if visto:
        acusar(aviso, ahora=timezone.now())
        consultas.olvidar_cuenta(request.user)
    if request.method == "POST":
        return redirect("notificacion", pk)
    propia = select_template(
        [f"notificaciones/vistas/detalle/{aviso.plantilla}.html", "notificaciones/vistas/detalle.html"]
    )
    contexto = {"aviso": aviso, "leido": visto or aviso.leida_en, "parrafos": parrafos(aviso)}
    return HttpResponse(propia.render(contexto, request))
