"""An expediente leaves the portal as a copy: each one is an act of the log (matriz.md §3)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Gestion
from tramites.reglas.permisos import con_motivo, exigir_exportable
from tramites.reglas.rechazos import AccionRechazada


def exportar_expediente(
    *, gestion: Gestion, actor: Any, archivos: int, sha256: str, motivo: str = "", ahora: datetime
) -> Evento:
    """Log the copy just made: how many files and the SHA-256 (hex) of the whole.

    Auditoría writes why, and it stays as a note: the log holds no free text. Raises `NoPermitido`,
    `Conflicto`, and `AccionRechazada` without that reason. The copy is handed over only after this returns.
    """
    exigir_exportable(gestion, actor)
    pide_motivo = actor is not None and con_motivo(gestion, actor)
    if pide_motivo and not motivo.strip():
        raise AccionRechazada("Escriba por qué necesita el expediente.")
    with transaction.atomic():
        if pide_motivo:
            texto = f"Exportación del expediente: {motivo.strip()}"
            gestion.notas.create(autor=actor, texto=texto, escrita_en=ahora)
        return Evento.objects.registrar(
            TipoEvento.EXPEDIENTE_EXPORTADO,
            actor=actor,
            gestion=gestion.numero,
            ahora=ahora,
            datos={"archivos": archivos, "sha256": sha256, "motivo": pide_motivo},
        )
