"""What was typed and could not be taken: in words for a person, and as the fields that send it again."""

import re
from collections.abc import Mapping

from cuentas.apartado import es_tecnico

ADORNO = re.compile(r"^[dp]-[\w-]*-|[_-]")
SIGLAS = re.compile(r"\b(cui|igss)\b", re.IGNORECASE)


def contexto(respuestas: Mapping[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    """For `componentes/lo_escrito.html`: each name with its values, and each field once a value."""
    return {
        "escrito": [
            (_rotulo(n), ", ".join(vs))
            for n, vs in respuestas.items()
            if not es_tecnico(n) and any(v.strip() for v in vs)
        ],
        "campos": [(n, v) for n, vs in respuestas.items() for v in vs],
    }


def _rotulo(nombre: str) -> str:
    return SIGLAS.sub(lambda sigla: sigla[0].upper(), ADORNO.sub(" ", nombre).strip().capitalize())
