"""Following up: «Mis Solicitudes», a Gestión's page, and the public check of a receipt."""

from allauth.core.ratelimit import consume_or_429
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from cuentas.permisos import solo_ciudadano
from escritura import espera
from tramites import consultas, registro
from tramites.consultas.detalle import detalle
from tramites.consultas.plazo import plazo_de
from tramites.definicion import ClasePaso
from tramites.models import Gestion
from tramites.reglas.permisos import puede

from .titular import de_titular

# As much as its field takes.
LARGO_FILTRO = 60


@require_http_methods(["GET", "HEAD", "POST"])
@solo_ciudadano
def solicitudes(request: HttpRequest, familia: str = "", solo_previos: bool = False) -> HttpResponse:
    """The table of section C, with its filter; «Previos» is that of all, only with observations (C7)."""
    suya = next((f for f in registro.familias() if f.clave == familia), None)
    if suya is None:
        raise Http404
    if request.method == "POST":
        clave = espera.guardar(request, request.POST.get("q", "")[:LARGO_FILTRO])
        return redirect(f"{request.path}?{urlencode({espera.CLAVE: clave})}")
    q = espera.esperado(request) or request.GET.get("q", "")[:LARGO_FILTRO]
    halladas = consultas.mis_solicitudes(
        request.user, familia=None if solo_previos else suya, texto=q, solo_previos=solo_previos
    )
    hoy = timezone.localdate()
    filas = [
        {
            "gestion": g,
            "pendiente": g.pendiente,
            "documentos": g.de_clase(ClasePaso.DOCUMENTOS),
            "plazo": plazo_de(g, hoy),
        }
        for g in halladas
    ]
    contexto = {
        "filas": filas,
        "q": q,
        "titulo": "Previos" if solo_previos else suya.nombre,
        "solo_previos": solo_previos,
    }
    return render(request, "tramites/ciudadano/solicitudes.html", contexto)


@require_safe
@de_titular
def gestion(request: HttpRequest, gestion: Gestion) -> HttpResponse:
    """What happened, what comes next, the papers and the files."""
    contexto = detalle(gestion, timezone.localdate())
    for accion in ("desistir", "pedir_rectificacion"):
        contexto[f"puede_{accion}"] = puede(gestion, request.user, accion)
    return render(request, "tramites/ciudadano/gestion.html", contexto)


@require_safe
def verificar(request: HttpRequest, codigo: str = "") -> HttpResponse:
    """Whether a paper is ONSEC's: number and moment, never a name (S16)."""
    if buscado := request.GET.get("codigo", ""):
        limpio = "".join(c for c in buscado if c.isascii() and c.isalnum())[:40]
        return redirect("verificar_codigo", limpio) if limpio else redirect("verificar")
    if codigo and (muchos := consume_or_429(request, action="verificar", limit_get=True)):
        return muchos
    envio = consultas.envio_verificado(codigo) if codigo else None
    comprobante = consultas.comprobante_verificado(codigo) if codigo and not envio else None
    contexto = {"codigo": codigo, "envio": envio, "comprobante": comprobante}
    return render(request, "tramites/ciudadano/verificar.html", contexto)
