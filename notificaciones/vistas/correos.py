"""The demo's mails, and how any page shows one."""

from email.message import EmailMessage

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..correo import buzon

POR_PAGINA = 20
# What a mail program grants: the mail's own style; no script, no origin.
COMO_CORREO = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": [""]}


@login_not_required
@require_safe
def correos(request: HttpRequest) -> HttpResponse:
    """Demo: the mails sent, newest first; whoever registers reads here the link to confirm."""
    pagina = Paginator(buzon.nombres(), POR_PAGINA).get_page(request.GET.get("pagina"))
    filas = [(nombre, buzon.leer(nombre)) for nombre in pagina]
    return render(request, "notificaciones/vistas/correos.html", {"pagina": pagina, "filas": filas})


@login_not_required
@require_safe
def correo(request: HttpRequest, nombre: str) -> HttpResponse:
    """Demo: one mail as text, its link ready to follow."""
    leido = _leer(nombre)
    texto = buzon.cuerpo(leido, "plain")
    return render(
        request, "notificaciones/vistas/correo.html", {"nombre": nombre, "correo": leido, "texto": texto}
    )


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
