"""What the frozen answers ask the analyst to look at, whatever the procedure."""

from collections.abc import Mapping
from typing import Any

from tramites.definicion import ContextoPaso

from .formularios import DatosGeneralesForm
from .juramento import JURAMENTO


def marcas(pasos: Mapping[str, Any], contexto: ContextoPaso) -> Mapping[str, tuple[str, ...]]:
    """Names that are not the account's (B1.1) and sworn answers to weigh (B3.2), by step."""
    return {
        "datos-generales": _nombre_distinto(valores(pasos, "datos-generales"), contexto),
        "juramento": JURAMENTO.marcas(valores(pasos, "juramento")),
    }


def valores(pasos: Mapping[str, Any], clave: str) -> Mapping[str, str]:
    """The frozen answers of a step; none when it has not any."""
    return pasos.get(clave, {}).get("valores", {})


def _nombre_distinto(valores: Mapping[str, str], contexto: ContextoPaso) -> tuple[str, ...]:
    if DatosGeneralesForm.es_de_la_cuenta(valores, contexto):
        return ()
    nombre = " ".join(filter(None, DatosGeneralesForm.iniciales(contexto).values()))
    return (f"El nombre no es igual al de la cuenta: {nombre}.",)
