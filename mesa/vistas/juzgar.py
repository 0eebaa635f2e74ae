"""The verdicts: one renglón or one step at a time, composed with or without a script (F1, F4)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tramites.acciones.juzgar import Juicio, OtroALaVista, juzgar
from tramites.consultas.expediente import Expediente, Lugar
from tramites.models import Gestion, Resultado
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import AccionRechazada, Conflicto
from tramites.reglas.revision import ya_verificados

from .. import lectura
from ..formularios import prefijo_de
from .expediente import formulario_de, pagina
from .personal import de_onsec, exigir_vista


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def juzgar_renglon(request: HttpRequest, gestion: Gestion, renglon: int) -> HttpResponse:
    """«Verificado» or «Con observación» on a renglón."""
    return _juzgar(request, gestion, renglon)


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def juzgar_paso(request: HttpRequest, gestion: Gestion, clave: str) -> HttpResponse:
    """A case on one of the steps 1-3."""
    return _juzgar(request, gestion, clave)


def _juzgar(request: HttpRequest, gestion: Gestion, clave: int | str) -> HttpResponse:
    if request.method != "POST":
        exigir(gestion, request.user, "leer")
        if clave not in _claves(gestion):
            raise Http404
        return redirect(_direccion(gestion, clave))
    exigir_vista(request, gestion, "juzgar", prefijo_de(clave))
    lugares = Expediente(gestion, timezone.localdate()).lugares
    lugar = next((lugar for lugar in lugares if lugar.clave == clave), None)
    if lugar is None:
        raise Http404
    if request.POST.get("accion") == "componer":
        return _componer(request, gestion, lugar)
    return _guardar(request, gestion, lugar)


def _claves(gestion: Gestion) -> set[int | str]:
    """What is judged, as an address names it: the numbers of the renglones and the keys of the steps."""
    return {r.numero for r in gestion.renglones_enviados} | {p.clave for p in gestion.formularios_enviados}


def _componer(request: HttpRequest, gestion: Gestion, lugar: Lugar) -> HttpResponse:
    """«Componer»: the case from its three parts, to be edited; nothing is saved yet."""
    prefijo, datos = prefijo_de(lugar.clave), request.POST.copy()
    documento, campo, defecto = (datos.get(f"{prefijo}-{p}", "") for p in ("documento", "campo", "defecto"))
    datos[f"{prefijo}-texto"] = Juicio(documento=documento, campo=campo, defecto=defecto).caso
    datos[f"{prefijo}-resultado"] = Resultado.OBSERVADO
    form = formulario_de(gestion, lugar, ya_verificados(gestion), datos)
    return pagina(request, gestion, form=form, abrir=str(lugar.clave), compuesto=True)


def _guardar(request: HttpRequest, gestion: Gestion, lugar: Lugar) -> HttpResponse:
    form = formulario_de(gestion, lugar, ya_verificados(gestion), request.POST)
    quita = request.POST.get("accion") == "quitar"
    if form.is_valid() or (quita and "version" in form.cleaned_data):
        juicio = form.sin_revisar() if quita else form.juicio()
        try:
            juzgar(
                numero=gestion.numero,
                actor=request.user,
                version=form.cleaned_data["version"],
                juicio=juicio,
                ahora=timezone.now(),
            )
        except Conflicto:
            raise
        except OtroALaVista as rechazo:
            form.add_error("resultado", rechazo.mensaje)
        except AccionRechazada as rechazo:
            form.add_error(form.culpable(), rechazo.mensaje)
        else:
            lectura.volver(request, gestion)
            return redirect(_direccion(gestion, lugar.clave if quita else _siguiente(gestion, lugar)))
    return pagina(request, gestion, form=form, abrir=str(lugar.clave))


def _siguiente(gestion: Gestion, lugar: Lugar) -> int | str:
    """The next place without a verdict after this one; this one when all have it."""
    lugares = Expediente(gestion, timezone.localdate()).lugares
    aqui = next(n for n, otro in enumerate(lugares) if otro.clave == lugar.clave)
    en_orden = lugares[aqui + 1 :] + lugares[:aqui]
    pendientes = (r for r in en_orden if r.renglon and not r.revisado)
    return next(pendientes, lugar).clave


def _direccion(gestion: Gestion, clave: int | str) -> str:
    return f"{reverse('revision', args=[gestion.numero])}?abrir={clave}#lugar-{clave}"
