"""«Cargar»: keep a PDF in a renglón, exactly as received."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, transaction

from bitacora.models import Evento
from cuentas.models import Usuario
from papeles import rechazos
from papeles.almacen import guardar, olvidar
from papeles.inspeccionar import Informe, PdfRechazado, inspeccionar
from papeles.nombres import nombre_visible
from tramites.eventos import TipoEvento
from tramites.models import Documento, Envio, Estado, Gestion, VersionFormulario
from tramites.reglas.carga import ArchivoRechazado, exigir_abierto, exigir_cupo, limites
from tramites.reglas.correccion import Correccion
from tramites.reglas.permisos import exigir

from .guarda import con_candado, hecho_con

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Carga:
    """The file kept and the notices that do not reject it."""

    documento: Documento
    avisos: tuple[str, ...] = ()


def cargar(
    *, numero: int, actor: Any, renglon: int, archivo: UploadedFile, ficha: UUID, ahora: datetime
) -> Carga:
    """Inspect the file, put it on the disk and write its row under the lock; a `ficha` is one file (S13).

    Raises `ArchivoRechazado` with its sentence, `Conflicto`, `PasoPendiente`, and `NoDefinido` when
    there is no such renglón. The inspection and the disk come before the lock: they may take seconds.
    """
    gestion = Gestion.de(actor, numero)
    if repetido := hecho_con(Documento, ficha, gestion):
        return Carga(repetido)
    nombre = nombre_visible(archivo.name or "")
    exigir(gestion, actor, "cargar")
    exigir_cupo(exigir_abierto(gestion, renglon), renglon, nombre, archivo)
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
    """A full disk or a busy database becomes the sentence `sin_espacio`, not a 500 (mensajes.md §1)."""
    try:
        yield
    except (OSError, OperationalError) as falla:
        logger.exception("archivo_no_guardado")
        raise ArchivoRechazado(rechazos.mensaje("sin_espacio", nombre)) from falla


def _prometer(
    documento: Documento, actor: Any, archivo: UploadedFile, informe: Informe, ahora: datetime
) -> Carga:
    """Write the row of a file that is already on the disk; if it cannot be written, erase the file.

    If the connection breaks during the commit nobody knows whether the row is there: `barrer_archivos` will
    decide about those bytes.
    """
    try:
        Usuario.objects.select_for_update(no_key=True).get(pk=actor.pk)  # the quota of all their Gestiones
        gestion = con_candado(documento.gestion_id, actor)
        if repetido := hecho_con(Documento, documento.ficha, gestion):
            return Carga(repetido)
        exigir(gestion, actor, "cargar")
        exigir_abierto(gestion, documento.renglon)
        ahora = gestion.momento(ahora)
        exigir_cupo(gestion, documento.renglon, documento.nombre, archivo)
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


def _de_que_parte(gestion: Gestion, renglon: int) -> tuple[VersionFormulario | None, Envio | None]:
    """The printed form that the file answers, and the sending that it joins if ONSEC has the Gestión."""
    es_formulario = renglon == gestion.definicion.renglon_formulario
    # What is added to «Otros» after sending is the office's at once (B7.3).
    de_onsec = gestion.estado in (Estado.RECIBIDA, Estado.ADMITIDA)
    return gestion.formulario_vigente if es_formulario else None, gestion.ultimo_envio if de_onsec else None


def _escribir(documento: Documento, gestion: Gestion, ahora: datetime) -> None:
    if not documento.archivo.storage.exists(str(documento.archivo.name)):
        # It waited so long for the lock that the sweep erased it as a leftover.
        raise FileNotFoundError(documento.archivo.name)
    registrar_carga(documento, gestion, ahora)


def registrar_carga(documento: Documento, gestion: Gestion, ahora: datetime) -> None:
    """Write the row of a file and its event. The caller holds the Gestión's lock and has stored the bytes."""
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
