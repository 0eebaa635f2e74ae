"""«Cargar»: keep a PDF in a renglón, exactly as received."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, transaction
from django.db.models import Sum

from bitacora.models import Evento
from cuentas.models import Usuario
from papeles import rechazos
from papeles.almacen import guardar, olvidar
from papeles.inspeccionar import Informe, Limites, PdfRechazado, inspeccionar
from papeles.nombres import nombre_visible
from tramites import asistente
from tramites.definicion import ClasePaso
from tramites.eventos import TipoEvento
from tramites.models import Documento, Envio, Estado, Gestion, VersionFormulario
from tramites.models.correccion import Correccion

from .guarda import AccionRechazada, Conflicto, PasoPendiente, con_candado, exigir_editable, hecho_con

MEGA = 1024 * 1024

logger = logging.getLogger(__name__)


class ArchivoRechazado(AccionRechazada):
    """The file is not kept; the sentence says why and what to do (mensajes.md §1)."""


@dataclass(frozen=True)
class Carga:
    """The file kept and the notices that do not reject it."""

    documento: Documento
    avisos: tuple[str, ...] = ()


def cargar(
    *, numero: int, actor: Any, renglon: int, archivo: UploadedFile, ficha: UUID, ahora: datetime
) -> Carga:
    """Inspect the file and put it on the disk, then promise it under the lock; a `ficha` is one file (S13).

    Raises `ArchivoRechazado` with its sentence, `Conflicto`, `PasoPendiente`, and `NoDefinido` when
    there is no such renglón. The inspection and the disk come before the lock: they may take seconds.
    """
    gestion = Gestion.de(actor, numero)
    if repetido := hecho_con(Documento, ficha, gestion):
        return Carga(repetido)
    nombre = nombre_visible(archivo.name or "")
    _exigir_cupo(exigir_abierto(gestion, renglon), renglon, nombre, archivo)
    with _en_disco(nombre):
        informe = _inspeccionar(archivo, nombre)
        documento = Documento(
            gestion_id=numero,
            renglon=renglon,
            nombre=nombre,
            sha256=informe.sha256,
            tamano=informe.tamano,
            paginas=informe.paginas,
            ficha=ficha,
        )
        guardar(documento.archivo, archivo, informe.sha256)
        with transaction.atomic():
            carga = _prometer(documento, actor, archivo, informe, ahora)
    if carga.documento != documento:
        olvidar(documento.archivo)
    return carga


@contextmanager
def _en_disco(nombre: str) -> Iterator[None]:
    """What disk, memory or database cannot take now is a sentence and not a fault (mensajes.md §1)."""
    try:
        yield
    except (OSError, OperationalError) as falla:
        logger.exception("archivo_no_guardado")
        raise ArchivoRechazado(rechazos.mensaje("sin_espacio", nombre)) from falla


def _prometer(
    documento: Documento, actor: Any, archivo: UploadedFile, informe: Informe, ahora: datetime
) -> Carga:
    """The row of what is on the disk; without it, the bytes go.

    A commit that is cut leaves it unknown whether there is a row: those bytes are the sweep's to judge.
    """
    try:
        Usuario.objects.select_for_update(no_key=True).get(pk=actor.pk)  # the quota of all their Gestiones
        gestion = con_candado(documento.gestion_id, actor)
        if repetido := hecho_con(Documento, documento.ficha, gestion):
            return Carga(repetido)
        exigir_abierto(gestion, documento.renglon)
        ahora = gestion.momento(ahora)
        _exigir_cupo(gestion, documento.renglon, documento.nombre, archivo)
        avisos = _avisos(gestion, documento.renglon, informe)
        _escribir(documento, gestion, ahora)
        return Carga(documento, avisos)
    except BaseException:
        olvidar(documento.archivo)
        raise


def _inspeccionar(archivo: UploadedFile, nombre: str) -> Informe:
    try:
        return inspeccionar(archivo, limites=limites())
    except PdfRechazado as rechazo:
        raise ArchivoRechazado(rechazos.mensaje(rechazo.clave, nombre, **rechazo.datos)) from rechazo


def limites() -> Limites:
    """The limits in force (contrato.md, "Configuration")."""
    return Limites(max_mb=settings.DOCUMENTO_MAX_MB, max_paginas=settings.DOCUMENTO_MAX_PAGINAS)


def exigir_abierto(gestion: Gestion, renglon: int) -> Gestion:
    """The Gestión, if it takes files in that renglón now: `Correccion.abiertos` says which.

    Raises `NoDefinido`, `Conflicto`, and `PasoPendiente` while the steps before are to be done.
    """
    gestion.definicion.requisito(renglon)
    if gestion.estado == Estado.ARCHIVADA:
        exigir_editable(gestion)
    if gestion.editable:
        paso, completos = gestion.definicion.de_clase(ClasePaso.DOCUMENTOS), gestion.pasos_completos()
        if not asistente.esta_abierto(gestion.definicion, completos, paso):
            raise PasoPendiente(asistente.primer_pendiente(gestion.definicion, completos))
        return gestion
    correccion = Correccion(gestion)
    if renglon in correccion.abiertos:
        return gestion
    if renglon in correccion.renglones and (pendiente := correccion.paso_pendiente()):
        raise PasoPendiente(pendiente)
    raise Conflicto(str(rechazos.RECHAZOS["renglon_cerrado"]))


def _exigir_cupo(gestion: Gestion, renglon: int, nombre: str, archivo: UploadedFile) -> None:
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


def _de_que_parte(gestion: Gestion, renglon: int) -> tuple[VersionFormulario | None, Envio | None]:
    """The printed form that the file answers, and the sending that it joins if ONSEC has the Gestión."""
    es_formulario = renglon == gestion.definicion.renglon_formulario
    # What is added to «Otros» after sending is the office's at once (B7.3).
    de_onsec = gestion.estado in (Estado.RECIBIDA, Estado.ADMITIDA)
    return gestion.formulario_vigente if es_formulario else None, gestion.ultimo_envio if de_onsec else None


def _escribir(documento: Documento, gestion: Gestion, ahora: datetime) -> None:
    if not documento.archivo.storage.exists(str(documento.archivo.name)):
        # It waited so long for its turn that the sweep took it for a killed one's.
        raise FileNotFoundError(documento.archivo.name)
    registrar_carga(documento, gestion, ahora)


def registrar_carga(documento: Documento, gestion: Gestion, ahora: datetime) -> None:
    """Write the row of a file and its act; the caller holds the Gestión, and answers for the bytes."""
    documento.gestion, documento.subido_en = gestion, ahora
    documento.version_formulario, documento.envio = _de_que_parte(gestion, documento.renglon)
    documento.save(force_insert=True)
    gestion.registrar_acto(ahora)
    gestion.save()
    Evento.objects.registrar(
        TipoEvento.DOCUMENTO_CARGADO,
        actor=gestion.solicitante,
        gestion=gestion.numero,
        ahora=ahora,
        datos={
            "renglon": documento.renglon,
            "sha256": documento.sha256,
            "paginas": documento.paginas,
            "estado": str(gestion.estado),
        },
    )


def _avisos(gestion: Gestion, renglon: int, informe: Informe) -> tuple[str, ...]:
    avisos = []
    igual = next((d for d in gestion.documentos_vigentes if d.sha256 == informe.sha256), None)
    if informe.sha256 in Correccion(gestion).huellas_observadas(renglon):
        avisos.append(rechazos.aviso("observado"))
    elif igual:
        avisos.append(rechazos.aviso("duplicado", otro=igual.nombre, n=igual.renglon))
    if informe.reparado:
        avisos.append(rechazos.aviso("reparado"))
    return tuple(avisos)
