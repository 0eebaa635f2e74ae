"""T7 and T7a: an archived Gestión comes back, and its clock begins again (FB4)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Causa, Gestion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import AccionRechazada, Conflicto

from .devolver import soltar
from .guarda import con_candado, con_candado_de_onsec
from .tomar import con_candado_de_cuenta

MOTIVO_MIN = 20


def desarchivar(
    *, numero: int, actor: Any, version: int, motivo: str, referencia: str = "", ahora: datetime
) -> Gestion:
    """Jefatura re-opens it with a reason; one withdrawn by its owner also needs their written request.

    Raises `AccionRechazada`, `Conflicto`, `NoPermitido`.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "desarchivar", version)
        if len(motivo.strip()) < MOTIVO_MIN:
            raise AccionRechazada(f"Escriba el motivo con {MOTIVO_MIN} letras o más.")
        desistida = gestion.causa_archivo == Causa.DESISTIMIENTO
        if desistida and not referencia.strip():
            raise AccionRechazada("Escriba la referencia de la petición escrita de la persona.")
        texto = motivo.strip() + (f" (petición: {referencia.strip()})" if desistida else "")
        gestion.notas.create(autor=actor, texto=f"Desarchivo: {texto}", escrita_en=ahora)
        return _volver(gestion, actor, "jefatura", ahora)


def retomar(*, numero: int, actor: Any, ahora: datetime) -> Gestion:
    """Its owner takes up again a draft archived by time, without jefatura (FB2). Raises `Conflicto`."""
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "retomar")
        if not gestion.retomable:
            raise Conflicto("Esta Gestión está archivada. Llame a ONSEC si desea continuarla.")
        return _volver(gestion, actor, "retomada", ahora)


def _volver(gestion: Gestion, actor: Any, causa: str, ahora: datetime) -> Gestion:
    gestion.desarchivar(ahora)
    if gestion.asignada_a_id:
        gestion.asignada_a = con_candado_de_cuenta(gestion.asignada_a_id)
    gestion.save()
    soltar(gestion, actor, ahora)
    Evento.objects.registrar(
        TipoEvento.DESARCHIVADA,
        actor=actor,
        gestion=gestion.numero,
        ahora=ahora,
        datos={"causa": causa, "estado": str(gestion.estado)},
    )
    return gestion
