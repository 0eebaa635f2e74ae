"""What the answers of a jubilación ask the analyst to look at."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from tramites.definicion import ContextoPaso

from ...familia import marcas as comunes

# After these months from the handing over, from when it is paid is to be looked at.
MESES = 6


def marcas(pasos: Mapping[str, Any], contexto: ContextoPaso) -> Mapping[str, tuple[str, ...]]:
    """The family's, and a post that was handed over long ago."""
    propias = comunes.marcas(pasos, contexto)
    if not _entrega_vieja(comunes.valores(pasos, "juramento"), contexto.hoy):
        return propias
    return {**propias, "juramento": (*propias["juramento"], "Revise desde cuándo se paga.")}


def _entrega_vieja(juramento: Mapping[str, str], hoy: date) -> bool:
    entrega = juramento.get("fecha_entrega_cargo", "")
    if juramento.get("pregunta_3") != "NO" or not entrega:
        return False
    return date.fromisoformat(entrega) + relativedelta(months=MESES) < hoy
