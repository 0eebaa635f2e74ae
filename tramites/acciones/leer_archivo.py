"""A file is read by staff: an event each time, and for some a written reason (F1, F3)."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Documento, Gestion
from tramites.reglas.permisos import con_motivo, exigir
from tramites.reglas.rechazos import AccionRechazada


def leer_archivo(*, gestion: Gestion, actor: Any, pk: UUID, motivo: str = "", ahora: datetime) -> Documento:
    """A file that was sent, and the event of its reading.

    Auditoría and administración write why, and it stays as a note: the log holds no free text. Raises
    `NoPermitido`, `AccionRechazada`, and `Documento.DoesNotExist` for what was never sent.
    """
    pide_motivo = con_motivo(gestion, actor)
    exigir(gestion, actor, "leer_archivo_con_motivo" if pide_motivo else "leer_archivo")
    documento = next((d for d in gestion.suyos("documentos") if d.pk == pk and d.envio_id), None)
    if documento is None:
        raise Documento.DoesNotExist
    if pide_motivo and not motivo.strip():
        raise AccionRechazada("Escriba por qué necesita ver el archivo.")
    datos = {"renglon": documento.renglon, "motivo": pide_motivo}
    with transaction.atomic() if pide_motivo else nullcontext():
        if pide_motivo:
            texto = f"Lectura del documento {documento.renglon}: {motivo.strip()}"
            gestion.notas.create(autor=actor, texto=texto, escrita_en=ahora)
        Evento.objects.registrar(
            TipoEvento.DOCUMENTO_LEIDO, actor=actor, gestion=gestion.numero, ahora=ahora, datos=datos
        )
    return documento
