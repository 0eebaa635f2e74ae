"""«Cargar»: keep a PDF in a renglón, exactly as received."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bitacora.models import Evento
from tramites import asistente
from tramites.definicion import ClasePaso
from tramites.eventos import TipoEvento
from tramites.models import Documento, Estado, Gestion, Resultado
from tramites.models.correccion import Correccion
from tramites.models.documento import ruta_documento
from tramites.pdf import rechazos
from tramites.pdf.inspeccionar import Informe, Limites, PdfRechazado, inspeccionar
from tramites.pdf.nombres import nombre_visible

from .guarda import AccionRechazada, Conflicto, PasoPendiente, con_candado, exigir_editable, hecho_con

MEGA = 1024 * 1024


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
    """Inspect the file, then keep it under the lock; the same `ficha` twice is one file (S13).

    Raises `ArchivoRechazado` with its sentence, `Conflicto`, `PasoPendiente`, and `NoDefinido` when
    there is no such renglón. The inspection runs before the lock: it may take seconds.
    """
    nombre = nombre_visible(archivo.name or "")
    _exigir_cupo(exigir_abierto(Gestion.de(actor, numero), renglon), renglon, nombre, archivo)
    informe = _inspeccionar(archivo, nombre)
    with transaction.atomic():
        gestion = exigir_abierto(con_candado(numero, actor), renglon)
        ahora = gestion.momento(ahora)
        if repetido := hecho_con(Documento, ficha, gestion):
            return Carga(repetido)
        _exigir_cupo(gestion, renglon, nombre, archivo)
        avisos = _avisos(gestion, renglon, informe)
        documento = Documento(
            gestion=gestion,
            renglon=renglon,
            nombre=nombre,
            sha256=informe.sha256,
            tamano=informe.tamano,
            paginas=informe.paginas,
            ficha=ficha,
            subido_en=ahora,
            **_de_que_parte(gestion, renglon),
        )
        _guardar(documento, archivo)
        return Carga(documento, avisos)


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
    """Quotas per renglón and per Gestión; asked before inspecting and again under the lock."""
    vigentes = gestion.documentos_vigentes
    if sum(d.renglon == renglon for d in vigentes) >= settings.DOCUMENTOS_MAX_POR_RENGLON:
        raise ArchivoRechazado(
            rechazos.mensaje("cupo_renglon", nombre, max=settings.DOCUMENTOS_MAX_POR_RENGLON)
        )
    if sum(d.tamano for d in vigentes) + (archivo.size or 0) > settings.GESTION_MAX_MB * MEGA:
        raise ArchivoRechazado(rechazos.mensaje("cupo_gestion", nombre, max=settings.GESTION_MAX_MB))


def _de_que_parte(gestion: Gestion, renglon: int) -> dict[str, Any]:
    """The printed form that the file answers, and the sending that it joins if ONSEC has the Gestión."""
    es_formulario = renglon == gestion.definicion.renglon_formulario
    # What is added to «Otros» after sending is the office's at once (B7.3).
    de_onsec = gestion.estado in (Estado.RECIBIDA, Estado.ADMITIDA)
    return {
        "version_formulario": gestion.formulario_vigente if es_formulario else None,
        "envio": gestion.ultimo_envio if de_onsec else None,
    }


def _guardar(documento: Documento, archivo: UploadedFile) -> None:
    """Bytes and row, both or neither; `ArchivoRechazado` when the disk takes no more."""
    archivo.seek(0)
    try:
        documento.archivo.save(documento.nombre, archivo, save=False)
        _escribir(documento)
    except BaseException as falla:
        # What a killed process leaves behind is an orphan file, never a row without its bytes.
        with suppress(OSError):
            documento.archivo.storage.delete(ruta_documento(documento, documento.nombre))
        if isinstance(falla, OSError):
            raise ArchivoRechazado(rechazos.mensaje("sin_espacio", documento.nombre)) from falla
        raise


def _escribir(documento: Documento) -> None:
    gestion, ahora = documento.gestion, documento.subido_en
    documento.save(force_insert=True)
    if gestion.estado == Estado.RECIBIDA:
        # Nobody has seen the new one: what was verified of that renglón is to be judged again.
        gestion.veredictos.filter(
            ronda=gestion.ronda, renglon=documento.renglon, resultado=Resultado.VERIFICADO
        ).delete()
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
