"""The files as they were received, and the papers: the same bytes every time."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from papeles.descarga import descarga
from tramites import consultas
from tramites.acciones.imprimir import (
    imprimir_admision,
    imprimir_constancia,
    imprimir_formulario,
    imprimir_previo,
)
from tramites.consultas.tabla import documento_de
from tramites.definicion import ClasePaso
from tramites.models import Gestion
from tramites.reglas.rechazos import Conflicto

from .titular import de_titular


@require_safe
@de_titular
def documento(request: HttpRequest, gestion: Gestion, pk: UUID) -> FileResponse:
    """A file as it was received, only for its owner here."""
    hallado = documento_de(gestion, pk)
    return descarga(hallado.archivo, hallado.nombre)


@require_safe
@de_titular
def formulario_pdf(request: HttpRequest, gestion: Gestion) -> FileResponse:
    """The printed form in force: the same bytes every time (B4.3)."""
    version = gestion.formulario_vigente
    if gestion.definicion.formulario_impreso is None:
        raise Http404
    if version is None:
        enterado = gestion.de_clase(ClasePaso.ENTERADO)
        raise Conflicto(f"Primero confirme el paso {enterado.numero}. Después podrá descargar el formulario.")
    return descarga(imprimir_formulario(version), f"Formulario Gestion {gestion.numero}.pdf")


@require_safe
@de_titular
def constancia(request: HttpRequest, gestion: Gestion) -> FileResponse:
    """The receipt of the last sending."""
    envio = consultas.ultimo_envio(gestion)
    if envio is None:
        raise Conflicto("Todavía no ha enviado esta Gestión. La constancia sale al enviarla.")
    return descarga(imprimir_constancia(envio), f"Constancia Gestion {gestion.numero}.pdf")


@require_safe
@de_titular
def aviso_previo(request: HttpRequest, gestion: Gestion, ronda: int) -> FileResponse:
    """The notice of the previo of a round."""
    return descarga(imprimir_previo(gestion, ronda), f"Aviso de previo Gestion {gestion.numero}.pdf")


@require_safe
@de_titular
def admision(request: HttpRequest, gestion: Gestion) -> FileResponse:
    """The proof of «Expediente Admitido»."""
    return descarga(imprimir_admision(gestion), f"Constancia de admision Gestion {gestion.numero}.pdf")
