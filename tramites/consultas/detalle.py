"""What a Gestión's page tells its owner; the desk shows the same, to read (F8). Reads only."""

from datetime import date
from typing import Any

from ..definicion import ClasePaso
from ..models import Gestion
from ..reglas.correccion import Correccion
from . import ultimo_envio
from .expediente import Expediente
from .historial import aviso_fallido, eventos_de, historial, lecturas
from .plazo import plazo_de
from .tabla import Fila, renglones


def detalle(gestion: Gestion, hoy: date, enviado: Expediente | None = None) -> dict[str, Any]:
    """What happened, what comes next, the papers and the files; `gestion` with all it holds.

    With `enviado`, only what was sent: a correction in course is its owner's alone (matriz.md §4).
    """
    correccion = Correccion.de(gestion)
    previos, eventos = correccion.previos, eventos_de(gestion)
    filas = (
        renglones(gestion, correccion, enviado.presentes, enviado.envio.version_formulario_id)
        if enviado
        else renglones(gestion, correccion)
    )
    otros = gestion.definicion.renglon_otros
    return {
        "gestion": gestion,
        "tramite": gestion.definicion,
        "pendiente": gestion.pendiente,
        "paso_documentos": gestion.de_clase(ClasePaso.DOCUMENTOS),
        "plazo": plazo_de(gestion, hoy),
        "envio": ultimo_envio(gestion),
        "correccion": correccion,
        "previos": previos,
        "anteriores": previos[1:] if gestion.en_correccion else previos,
        "renglones": filas,
        "corregidos": _corregidos(correccion, filas) if enviado is None else frozenset(),
        "otros": gestion.renglon(otros) if not gestion.editable else None,
        "puede_agregar": otros in correccion.abiertos and not gestion.editable,
        "historial": historial(gestion, eventos, hasta_lo_enviado=enviado is not None),
        "lecturas": lecturas(gestion, eventos),
        "aviso_fallido": aviso_fallido(gestion, eventos),
        "rectificaciones": gestion.rectificaciones.all(),
    }


def _corregidos(correccion: Correccion, filas: list[Fila]) -> frozenset[int | str]:
    """Renglones and steps that only miss their sending."""
    pasos = correccion.pasos - {p.clave for p in correccion.pasos_pendientes}
    return frozenset({f.renglon.numero for f in filas if f.corregido} | pasos)
