"""The papers of a Gestión: rendered once, kept, and the same bytes for ever after (B4.3)."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile

from papeles.almacen import guardar
from papeles.generar import ImpresionNoDisponible, ImpresoDemasiadoLargo, generar
from tramites.constancias import aviso_de_previo, constancia_de, constancia_de_admision
from tramites.definicion import NoDefinido
from tramites.models import Comprobante, Envio, Gestion, Previo, VersionFormulario
from tramites.reglas.rechazos import AccionRechazada, Conflicto

logger = logging.getLogger(__name__)


def imprimir_formulario(version: VersionFormulario) -> FieldFile:
    """The PDF of a frozen form. Raises `NoDefinido` when its procedure prints none."""
    impreso = version.gestion.definicion.formulario_impreso
    if impreso is None:
        raise NoDefinido("formulario_impreso")
    return _una_vez(
        version, "pdf", lambda: generar(impreso(version.congelado()), creado=version.confirmada_en)
    )


def imprimir_constancia(envio: Envio) -> FieldFile:
    """The receipt of a sending, as PDF."""

    def pdf() -> bytes:
        documentos = envio.gestion.documentos_al(envio.enviado_en)
        return generar(constancia_de(envio, documentos), creado=envio.enviado_en)

    return _una_vez(envio, "constancia", pdf)


def imprimir_previo(gestion: Gestion, ronda: int) -> FieldFile:
    """The notice of the previo of that round, with its cases (E7). Raises `Conflicto` if there is none."""
    previo = Previo.objects.filter(gestion=gestion, ronda=ronda).prefetch_related("casos").first()
    if previo is None:
        raise Conflicto("ONSEC no ha devuelto esta Gestión con observaciones.")
    comprobante = _comprobante(gestion, Comprobante.Clase.PREVIO, ronda, previo.emitido_en)
    return _una_vez(
        comprobante,
        "pdf",
        lambda: generar(
            aviso_de_previo(previo, comprobante, _envio_de(comprobante)), creado=previo.emitido_en
        ),
    )


def imprimir_admision(gestion: Gestion) -> FieldFile:
    """The proof of «Expediente Admitido», with its legal base. Raises `Conflicto` before it is admitted."""
    if gestion.admitida_en is None:
        raise Conflicto("ONSEC todavía no ha admitido esta Gestión.")
    comprobante = _comprobante(gestion, Comprobante.Clase.ADMISION, gestion.ronda, gestion.admitida_en)

    def pdf() -> bytes:
        documentos = gestion.documentos_al(comprobante.decidido_en)
        base = gestion.definicion.base_admision
        impreso = constancia_de_admision(comprobante, _envio_de(comprobante), documentos, base)
        return generar(impreso, creado=comprobante.decidido_en)

    return _una_vez(comprobante, "pdf", pdf)


def _comprobante(gestion: Gestion, clase: str, ronda: int, decidido_en: datetime) -> Comprobante:
    """The paper's row, with the code that verifies it."""
    comprobante, _ = Comprobante.objects.get_or_create(
        gestion=gestion, clase=clase, ronda=ronda, defaults={"decidido_en": decidido_en}
    )
    return comprobante


def _envio_de(comprobante: Comprobante) -> Envio:
    """The sending that the decision is about."""
    envios = comprobante.gestion.envios.select_related("gestion", "version_formulario")
    return envios.get(ronda=comprobante.ronda)


def _una_vez(fila: Any, campo: str, render: Callable[[], bytes]) -> FieldFile:
    """Render outside any transaction and keep the paper that was stored first; a later one is discarded.

    Raises `AccionRechazada` when the paper cannot be made, or kept whole, on this machine or now.
    """
    if not getattr(fila, campo):
        try:
            fila = _conservar(fila, campo, render())
        except (ImpresionNoDisponible, ImpresoDemasiadoLargo, OSError) as falla:
            logger.exception("papel_no_impreso")
            raise AccionRechazada(
                "No pudimos preparar el documento. Intente de nuevo en unos minutos."
            ) from falla
    return getattr(fila, campo)


def _conservar(fila: Any, campo: str, pdf: bytes) -> Any:
    """The row, read again under its Gestión's lock, with the paper stored if it had none."""
    with transaction.atomic():
        Gestion.objects.select_for_update().get(pk=fila.gestion_id)
        fila = type(fila).objects.get(pk=fila.pk)
        archivo = getattr(fila, campo)
        if not archivo:
            guardar(archivo, BytesIO(pdf), hashlib.sha256(pdf).hexdigest())
            fila.save(update_fields=[campo])
        return fila
