"""What the frozen answers ask the analyst to look at."""

from collections.abc import Mapping
from typing import Any

from tramites.definicion import ContextoPaso

from .formularios import DatosGeneralesForm

# The sworn answers that do not stop the person and that ONSEC weighs (B3.2).
A_CALIFICAR = (1, 2, 5, 6)


def marcas(pasos: Mapping[str, Any], contexto: ContextoPaso) -> Mapping[str, tuple[str, ...]]:
    """Names that are not the account's (B1.1) and sworn answers to weigh (B3.2)."""
    return {
        "datos-generales": _nombre_distinto(pasos["datos-generales"]["valores"], contexto),
        "juramento": _respuestas_a_calificar(pasos["juramento"]["valores"]),
    }


def _nombre_distinto(valores: Mapping[str, str], contexto: ContextoPaso) -> tuple[str, ...]:
    if DatosGeneralesForm.es_de_la_cuenta(valores, contexto):
        return ()
    nombre = " ".join(filter(None, DatosGeneralesForm.iniciales(contexto).values()))
    return (f"El nombre no es igual al de la cuenta: {nombre}.",)


def _respuestas_a_calificar(valores: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        f"Declaró SI en la pregunta {n}." for n in A_CALIFICAR if valores.get(f"pregunta_{n}") == "SI"
    )
