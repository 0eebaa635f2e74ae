"""«Mis Notificaciones», and the demo's mails."""

from email.message import EmailMessage

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import select_template
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tramites.consultas.paginas import PARAMETRO, paginar

from .. import consultas
from ..acciones.acusar import abierto_desde_el_portal, acusar
from ..correo import buzon
from ..correo.redaccion import parrafos

POR_PAGINA = 20
# What a mail program grants: the mail's own style; no script, no origin.
COMO_CORREO = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": [""]}


@login_required
@require_safe
def notificaciones(request: HttpRequest) -> HttpResponse:
    """The person's notices, newest first."""
    suyas = consultas.mias(request.user)
    pagina = paginar(suyas, consultas.LAS_NUEVAS_ANTES, request.GET.get(PARAMETRO, ""), POR_PAGINA)
    return render(request, "notificaciones/lista.html", {"pagina": pagina})


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
        [f"notificaciones/detalle/{aviso.plantilla}.html", "notificaciones/detalle.html"]
    )
    contexto = {"aviso": aviso, "leido": visto or aviso.leida_en, "parrafos": parrafos(aviso)}
    return HttpResponse(propia.render(contexto, request))


@login_not_required
@require_safe
def correos(request: HttpRequest) -> HttpResponse:
    """Demo: the mails sent, newest first; whoever registers reads here the link to confirm."""
    pagina = Paginator(buzon.nombres(), POR_PAGINA).get_page(request.GET.get("pagina"))
    filas = [(nombre, buzon.leer(nombre)) for nombre in pagina]
    return render(request, "notificaciones/correos.html", {"pagina": pagina, "filas": filas})


@login_not_required
@require_safe
def correo(request: HttpRequest, nombre: str) -> HttpResponse:
    """Demo: one mail as text, its link ready to follow."""
    leido = _leer(nombre)
    texto = buzon.cuerpo(leido, "plain")
    return render(request, "notificaciones/correo.html", {"nombre": nombre, "correo": leido, "texto": texto})


@login_not_required
@require_safe
@csp_replace(COMO_CORREO)
def correo_html(request: HttpRequest, nombre: str) -> HttpResponse:
    """Demo: one mail as a mail program shows it: its own style, no script, no origin."""
    return HttpResponse(buzon.cuerpo(_leer(nombre), "html"))


def _leer(nombre: str) -> EmailMessage:
    try:
        return buzon.leer(nombre)
    except FileNotFoundError:
        raise Http404 from None
