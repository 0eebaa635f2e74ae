"""«Cargar»: keep a PDF in a renglón, exactly as received."""

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
    try:
        informe = inspeccionar(archivo, limites=limites())
    except PdfRechazado as rechazo:
        raise ArchivoRechazado(rechazos.mensaje(rechazo.clave, nombre, **rechazo.datos)) from rechazo
    with transaction.atomic():
        gestion = exigir_abierto(con_candado(numero, actor), renglon)
        if repetido := hecho_con(Documento, ficha, gestion):
            return Carga(repetido)
        _exigir_cupo(gestion, renglon, nombre, archivo)
        return _guardar(gestion, renglon, archivo, nombre, informe, ficha, ahora)


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


def _guardar(
    gestion: Gestion,
    renglon: int,
    archivo: UploadedFile,
    nombre: str,
    informe: Informe,
    ficha: UUID,
    ahora: datetime,
) -> Carga:
    igual = next((d for d in gestion.documentos_vigentes if d.sha256 == informe.sha256), None)
    documento = Documento(
        gestion=gestion,
        renglon=renglon,
        nombre=nombre,
        sha256=informe.sha256,
        tamano=informe.tamano,
        paginas=informe.paginas,
        ficha=ficha,
        subido_en=ahora,
    )
    if gestion.estado in (Estado.RECIBIDA, Estado.ADMITIDA):
        # What is added to «Otros» after sending is the office's at once (B7.3).
        documento.envio = max(gestion.envios.all(), key=lambda e: e.ronda)
    if gestion.estado == Estado.RECIBIDA:
        # Nobody has seen the new one: what was verified of that renglón is to be judged again.
        gestion.veredictos.filter(
            ronda=gestion.ronda, renglon=renglon, resultado=Resultado.VERIFICADO
        ).delete()
    if renglon == gestion.definicion.renglon_formulario:
        documento.version_formulario = gestion.formulario_vigente
    archivo.seek(0)
    documento.archivo.save(nombre, archivo, save=False)
    try:
        _escribir(documento, ahora)
    except BaseException:
        # What a killed process leaves behind is an orphan file, never a row without its bytes.
        documento.archivo.delete(save=False)
        raise
    return Carga(documento, _avisos(informe, igual))


def _escribir(documento: Documento, ahora: datetime) -> None:
    gestion = documento.gestion
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


def _avisos(informe: Informe, igual: Documento | None) -> tuple[str, ...]:
    avisos = []
    if igual:
        avisos.append(rechazos.aviso("duplicado", otro=igual.nombre, n=igual.renglon))
    if informe.reparado:
        avisos.append(rechazos.aviso("reparado"))
    return tuple(avisos)
