"""Which renglones take a file now, and how much may be kept (matriz.md §4; contrato.md, "Configuration")."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum

from papeles import rechazos
from papeles.inspeccionar import Limites
from tramites.definicion import ClasePaso
from tramites.models import Documento, Gestion

from .correccion import Correccion
from .pasos import exigir_alcanzado
from .rechazos import AccionRechazada, Conflicto, PasoPendiente

MEGA = 1024 * 1024


class ArchivoRechazado(AccionRechazada):
    """The file is not kept; the sentence says why and what to do (mensajes.md §1)."""


def limites() -> Limites:
    """The limits in force (contrato.md, "Configuration")."""
    return Limites(max_mb=settings.DOCUMENTO_MAX_MB, max_paginas=settings.DOCUMENTO_MAX_PAGINAS)


def exigir_abierto(gestion: Gestion, renglon: int) -> Gestion:
    """The Gestión, if it takes files in that renglón now: `Correccion.abiertos` says which.

    Raises `NoDefinido`, `Conflicto`, and `PasoPendiente` while the steps before are to be done.
    """
    gestion.renglon(renglon)
    if gestion.editable:
        exigir_alcanzado(gestion, gestion.de_clase(ClasePaso.DOCUMENTOS))
        return gestion
    correccion = Correccion(gestion)
    if renglon in correccion.abiertos:
        return gestion
    if renglon in correccion.renglones and (pendiente := correccion.paso_pendiente()):
        raise PasoPendiente(pendiente)
    raise Conflicto(str(rechazos.RECHAZOS["renglon_cerrado"]))


def exigir_cupo(gestion: Gestion, renglon: int, nombre: str, archivo: UploadedFile) -> None:
    """Quotas of the renglón, the Gestión and the person; asked before inspecting and again under the locks.

    A person's counts all that is kept of theirs, withdrawn or archived too: keeping it is what costs.
    """
    vigentes, tamano = gestion.documentos_vigentes, archivo.size or 0
    if sum(d.renglon == renglon for d in vigentes) >= settings.DOCUMENTOS_MAX_POR_RENGLON:
        raise ArchivoRechazado(
            rechazos.mensaje("cupo_renglon", nombre, max=settings.DOCUMENTOS_MAX_POR_RENGLON)
        )
    if sum(d.tamano for d in vigentes) + tamano > settings.GESTION_MAX_MB * MEGA:
        raise ArchivoRechazado(rechazos.mensaje("cupo_gestion", nombre, max=settings.GESTION_MAX_MB))
    suyos = Documento.objects.filter(gestion__solicitante=gestion.solicitante_id)
    if (suyos.aggregate(suma=Sum("tamano"))["suma"] or 0) + tamano > settings.PERSONA_MAX_MB * MEGA:
        raise ArchivoRechazado(rechazos.mensaje("cupo_persona", nombre, max=settings.PERSONA_MAX_MB))
