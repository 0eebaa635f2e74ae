"""T6: its owner withdraws; nothing is erased."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Causa, Gestion
from tramites.reglas.permisos import exigir, exigir_version

from .guarda import con_candado


def desistir(*, numero: int, actor: Any, version: int, motivo: str = "", ahora: datetime) -> Gestion:
    """Archive it at the owner's request; the reason, if any, stays out of the log, as a note.

    The page asks for the password again (matriz.md T6). Raises `Conflicto`.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "desistir")
        exigir_version(gestion, version)
        gestion.desistir(ahora)
        gestion.save()
        if motivo.strip():
            gestion.notas.create(
                autor=actor, texto=f"Motivo del desistimiento: {motivo.strip()}", escrita_en=ahora
            )
        Evento.objects.registrar(
            TipoEvento.ARCHIVADA,
            actor=actor,
            gestion=numero,
            ahora=ahora,
            datos={"causa": Causa.DESISTIMIENTO, "estado": gestion.estado_al_archivar},
        )
        return gestion
