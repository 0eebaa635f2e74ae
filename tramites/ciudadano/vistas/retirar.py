"""«Eliminar» a file, and the question that offers it when another was added (E4, E6)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from papeles import rechazos
from tramites.acciones.retirar import retirar
from tramites.consultas.tabla import documento_de
from tramites.models import Documento, Gestion
from tramites.reglas.correccion import Correccion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import Conflicto

from .cargar import fila_de
from .titular import de_titular, renglon_o_404


@require_http_methods(["GET", "HEAD", "POST"])
@de_titular
def sustituir(request: HttpRequest, gestion: Gestion, renglon: int) -> HttpResponse:
    """«¿Sustituye al archivo observado?», asked when one was added without removing it (E6)."""
    renglon_o_404(gestion, renglon)
    fila = fila_de(gestion, renglon)
    observados = [d for d in fila.archivos if d.pk in fila.observados]
    if not observados or fila.falta:
        return redirect("archivos", gestion.numero, renglon)
    if request.method == "POST":
        sustituido = next((d for d in observados if str(d.pk) == request.POST.get("documento")), None)
        if sustituido is None:
            raise Http404
        return _retirar(request, gestion, sustituido)
    contexto = {"gestion": gestion, "fila": fila, "observados": observados}
    return render(request, "tramites/ciudadano/sustituir.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@de_titular
def eliminar(request: HttpRequest, gestion: Gestion, pk: UUID) -> HttpResponse:
    """«Eliminar», confirmed with «Sí, eliminar» / «No» (E4)."""
    exigir(gestion, request.user, "retirar")
    documento = documento_de(gestion, pk)
    if not Correccion.de(gestion).puede_eliminar(documento):
        raise Conflicto(str(rechazos.RECHAZOS["renglon_cerrado"]))
    if request.method == "POST":
        return _retirar(request, gestion, documento)
    return render(request, "tramites/ciudadano/eliminar.html", {"gestion": gestion, "documento": documento})


def _retirar(request: HttpRequest, gestion: Gestion, documento: Documento) -> HttpResponse:
    retirar(numero=gestion.numero, actor=request.user, documento_id=documento.pk, ahora=timezone.now())
    messages.success(request, f"Se eliminó {documento.nombre}.")
    return redirect("archivos", gestion.numero, documento.renglon)
