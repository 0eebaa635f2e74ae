"""T7: jefatura re-opens what was archived, and its clock begins again (FB4)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Causa, Gestion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import AccionRechazada

from .devolver import soltar
from .guarda import con_candado_de_cuenta, con_candado_de_onsec

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
        return volver(gestion, actor, "jefatura", ahora)


def volver(gestion: Gestion, actor: Any, causa: str, ahora: datetime) -> Gestion:
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
