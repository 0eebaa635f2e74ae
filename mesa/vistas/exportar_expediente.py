"""The whole expediente as a copy to keep; each one is logged (matriz.md §3)."""

from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tramites.models import Gestion
from tramites.reglas.permisos import con_motivo, exigir_exportable
from tramites.reglas.rechazos import AccionRechazada, Conflicto

from ..exportacion import preparar
from ..formularios import MesaForm, MotivoDeExportacionForm
from .personal import de_onsec


@require_http_methods(["GET", "HEAD", "POST"])
@de_onsec
def exportar(request: HttpRequest, gestion: Gestion) -> HttpResponse | FileResponse:
    """Says what the copy holds; the button downloads it. Auditoría writes why."""
    exigir_exportable(gestion, request.user)
    pide_motivo = con_motivo(gestion, request.user)
    # An empty form posted is bound all the same: `or None` would not tell it from a first visit.
    datos = request.POST if request.method == "POST" else None
    form = MotivoDeExportacionForm(datos) if pide_motivo else MesaForm(datos)
    copia = _copia(request, gestion, form) if form.is_valid() else None
    if copia is None:
        contexto = {"gestion": gestion, "form": form, "legible": True}
        return render(request, "mesa/exportar.html", contexto)
    respuesta = FileResponse(
        copia,
        as_attachment=True,
        filename=f"Expediente Gestion {gestion.numero}.zip",
        content_type="application/zip",
    )
    respuesta["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return respuesta


def _copia(request: HttpRequest, gestion: Gestion, form: MesaForm) -> IO[bytes] | None:
    """The copy; None when it could not be made, which the form says beside the motive that was typed."""
    motivo = form.cleaned_data.get("motivo", "")
    try:
        return preparar(gestion=gestion, actor=request.user, motivo=motivo, ahora=timezone.now())
    except Conflicto:
        raise
    except AccionRechazada as rechazo:
        form.add_error(None, rechazo.mensaje)
        return None
