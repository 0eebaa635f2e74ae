"""The papers of a Gestión: rendered once, kept, and the same bytes for ever after (B4.3)."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from tramites.models import Envio, VersionFormulario
from tramites.pdf.constancias import constancia_de
from tramites.pdf.generar import ImpresionNoDisponible, ImpresoDemasiadoLargo, generar

from .guarda import AccionRechazada

registro = logging.getLogger(__name__)


def imprimir_formulario(version: VersionFormulario) -> FieldFile:
    """The PDF of a frozen form."""
    return _una_vez(
        version,
        "pdf",
        lambda: generar(
            version.gestion.definicion.formulario_impreso(version.congelado()), creado=version.confirmada_en
        ),
    )


def imprimir_constancia(envio: Envio) -> FieldFile:
    """The receipt of a sending, as PDF."""
    return _una_vez(envio, "constancia", lambda: generar(constancia_de(envio), creado=envio.enviado_en))


def _una_vez(fila: Any, campo: str, render: Callable[[], bytes]) -> FieldFile:
    """Render outside any transaction and keep the first; a second renderer finds it and yields.

    Raises `AccionRechazada` when the paper cannot be made on this machine or now.
    """
    if not getattr(fila, campo):
        try:
            contenido = ContentFile(render(), name="papel.pdf")
        except (ImpresionNoDisponible, ImpresoDemasiadoLargo) as falla:
            registro.exception("papel_no_impreso")
            raise AccionRechazada(
                "No pudimos preparar el documento. Intente de nuevo en unos minutos."
            ) from falla
        with transaction.atomic():
            fila = type(fila).objects.select_for_update().get(pk=fila.pk)
            if not getattr(fila, campo):
                getattr(fila, campo).save("papel.pdf", contenido, save=False)
                fila.save(update_fields=[campo])
    return getattr(fila, campo)
