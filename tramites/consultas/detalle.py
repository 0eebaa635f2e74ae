"""What a Gestión's page tells its owner; the desk shows the same, to read (F8). Reads only."""

from datetime import date
from typing import Any

from .. import asistente
from ..definicion import ClasePaso
from ..models import Gestion
from ..models.correccion import Correccion
from . import (
    aviso_fallido,
    historial,
    lecturas,
    plazo_de,
    previos_de,
    renglones,
    ultimo_envio,
)


def detalle(gestion: Gestion, hoy: date) -> dict[str, Any]:
    """What happened, what comes next, the papers and the files; `gestion` with all it holds."""
    correccion, previos = Correccion(gestion), previos_de(gestion)
    otros = gestion.definicion.renglon_otros
    return {
        "gestion": gestion,
        "tramite": gestion.definicion,
        "pendiente": asistente.primer_pendiente(gestion.definicion, gestion.pasos_completos()),
        "paso_documentos": gestion.definicion.de_clase(ClasePaso.DOCUMENTOS),
        "plazo": plazo_de(gestion, hoy),
        "envio": ultimo_envio(gestion),
        "correccion": correccion,
        "previos": previos,
        "anteriores": previos[1:] if gestion.en_correccion else previos,
        "renglones": renglones(gestion, correccion),
        "otros": gestion.definicion.requisito(otros) if not gestion.editable else None,
        "puede_agregar": otros in correccion.abiertos and not gestion.editable,
        "historial": historial(gestion),
        "lecturas": lecturas(gestion),
        "aviso_fallido": aviso_fallido(gestion),
        "rectificaciones": gestion.rectificaciones.all(),
    }
