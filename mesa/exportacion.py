"""The copy of an expediente, for the desk and for the command: made, logged and only then handed over."""

import hashlib
import logging
from contextlib import suppress
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils import timezone

from mesa.consultas.exportacion import escribir
from tramites.acciones.denunciar_perdido import denunciar_perdido
from tramites.acciones.exportar_expediente import exportar_expediente
from tramites.consultas.expediente import Expediente
from tramites.models import Gestion
from tramites.reglas.permisos import exigir_exportable
from tramites.reglas.rechazos import AccionRechazada

logger = logging.getLogger(__name__)


def preparar(*, gestion: Gestion, actor: Any, motivo: str = "", ahora: datetime) -> IO[bytes]:
    """The ZIP, open at its beginning and gone when it is closed; `gestion` comes from `expediente.abrir`.

    Raises `NoPermitido`, `Conflicto`, `AccionRechazada`.
    """
    exigir_exportable(gestion, actor)
    try:
        return _copiar(gestion, actor, motivo, ahora)
    except OSError as falla:
        logger.exception("copia_no_escrita")
        raise AccionRechazada("No pudimos preparar la copia. Intente de nuevo en unos minutos.") from falla


def _copiar(gestion: Gestion, actor: Any, motivo: str, ahora: datetime) -> IO[bytes]:
    copia = TemporaryFile()  # noqa: SIM115
    try:
        quien = f"{actor}, {actor.get_papel_display()}" if actor else "el sistema"
        piezas = escribir(Expediente(gestion, timezone.localdate(ahora)), copia, quien=quien, ahora=ahora)
        copia.seek(0)
        for pieza in piezas:
            if pieza.perdido:
                denunciar_perdido(numero=gestion.numero, archivo=pieza.perdido, ahora=ahora)
        exportar_expediente(
            gestion=gestion,
            actor=actor,
            motivo=motivo,
            archivos=len(piezas),
            sha256=hashlib.file_digest(copia, "sha256").hexdigest(),
            ahora=ahora,
        )
    except BaseException:
        with suppress(OSError):  # it tries once more to write what did not fit
            copia.close()
        raise
    copia.seek(0)
    return copia
