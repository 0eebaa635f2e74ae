"""The number of a Gestión or a CUI, however somebody types it: the one reading of every search box."""

import re

from escritura.orden import clave_busqueda
from escritura.signos import cifras

# «Gestión No. 7», «No. 7», «N.º 7», «número 7», «#7», «expediente: 7», «CUI 1002 …»; no accents nor capitals.
_COSA = r"(?:(?:la|el|mi|su)\s+)?(?:gestion|expediente|exp|solicitud|tramite|cui|dpi)\b[\s.:]*"
_NUMERO = r"(?:(?:numero|num|nro|no|n)\b[\s.:]*[º°o]?[\s.:]*|nº|n°)?[\s.:]*#?\s*"
_ANTES = re.compile(f"(?:{_COSA})?{_NUMERO}")
_ALREDEDOR = " .,;:()[]«»\"'"
LARGO_MAXIMO = 18  # what the databases' integers hold, with room for a CUI


def digitos(texto: str) -> str:
    """Its digits alone, without what people write around them; empty when it is no number."""
    plano = clave_busqueda(cifras(texto)).strip(_ALREDEDOR)
    resto = _ANTES.sub("", plano, count=1)
    junto = "".join(resto.split()).replace("-", "")
    return junto if junto.isascii() and junto.isdigit() and len(junto) <= LARGO_MAXIMO else ""
