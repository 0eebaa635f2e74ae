"""What the office leaves on record without deciding: notes, internal data (F6) and each reading (F3)."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import DatosInternos, Documento, Gestion, Nota
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import AccionRechazada

from .guarda import con_candado_de_onsec, hecho_con


def anotar(*, numero: int, actor: Any, texto: str, ficha: UUID, ahora: datetime) -> Nota:
    """An internal note with its date; its owner never sees it. The same `ficha` twice is one note (S13).

    Raises `AccionRechazada` when empty, `Conflicto`, `NoPermitido`.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "anotar")
        if hecha := hecho_con(Nota, ficha, gestion):
            return hecha
        if not texto.strip():
            raise AccionRechazada("Escriba la nota.")
        nota = gestion.notas.create(autor=actor, texto=texto.strip(), ficha=ficha, escrita_en=ahora)
        gestion.save(update_fields=["ultimo_acto_en"])
        Evento.objects.registrar(TipoEvento.NOTA_INTERNA, actor=actor, gestion=numero, ahora=ahora)
        return nota


def asentar_datos(
    *, numero: int, actor: Any, version: int, datos: dict[str, Any], ahora: datetime
) -> DatosInternos:
    """The internal data of F6; only the names of what changed go to the log.

    They are written whole, over those that the actor saw: raises `Conflicto` if the Gestión changed
    since, `NoPermitido`.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "datos_internos", version)
        internos, _ = DatosInternos.objects.get_or_create(gestion=gestion)
        cambios = sorted(campo for campo, valor in datos.items() if getattr(internos, campo) != valor)
        for campo in cambios:
            setattr(internos, campo, datos[campo])
        if cambios:
            internos.save()
            gestion.version += 1
            gestion.save(update_fields=["version", "ultimo_acto_en"])
            Evento.objects.registrar(
                TipoEvento.DATOS_INTERNOS, actor=actor, gestion=numero, ahora=ahora, datos={"campos": cambios}
            )
        return internos


def leer_expediente(*, gestion: Gestion, actor: Any, ahora: datetime) -> None:
    """A reading of the expediente by staff: each one is an event (matriz.md §3). Raises `NoPermitido`."""
    exigir(gestion, actor, "leer")
    Evento.objects.registrar(TipoEvento.EXPEDIENTE_LEIDO, actor=actor, gestion=gestion.numero, ahora=ahora)


def leer_papel(*, gestion: Gestion, actor: Any, papel: str, ahora: datetime) -> None:
    """A paper of ONSEC's opened by staff: «constancia», «previo» or «admision». Raises `NoPermitido`."""
    exigir(gestion, actor, "constancia")
    Evento.objects.registrar(
        TipoEvento.PAPEL_LEIDO, actor=actor, gestion=gestion.numero, ahora=ahora, datos={"papel": papel}
    )


def leer_archivo(*, gestion: Gestion, actor: Any, pk: UUID, motivo: str = "", ahora: datetime) -> Documento:
    """A file that was sent, and the event of its reading.

    Auditoría and administración write why, and it stays as a note: the log holds no free text. Raises
    `NoPermitido`, `AccionRechazada`, and `Documento.DoesNotExist` for what was never sent.
    """
    con_motivo = actor.papel in (actor.Papel.AUDITORIA, actor.Papel.ADMINISTRACION)
    exigir(gestion, actor, "leer_archivo_con_motivo" if con_motivo else "leer_archivo")
    documento = next((d for d in gestion.suyos("documentos") if d.pk == pk and d.envio_id), None)
    if documento is None:
        raise Documento.DoesNotExist
    if con_motivo and not motivo.strip():
        raise AccionRechazada("Escriba por qué necesita ver el archivo.")
    datos = {"renglon": documento.renglon, "motivo": con_motivo}
    with transaction.atomic() if con_motivo else nullcontext():
        if con_motivo:
            texto = f"Lectura del documento {documento.renglon}: {motivo.strip()}"
            gestion.notas.create(autor=actor, texto=texto, escrita_en=ahora)
        Evento.objects.registrar(
            TipoEvento.DOCUMENTO_LEIDO, actor=actor, gestion=gestion.numero, ahora=ahora, datos=datos
        )
    return documento
