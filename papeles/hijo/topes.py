"""How much a file may unfold to, and the verdict that ends the judgement."""

from typing import Any

# One stream may not unfold beyond this, nor all together beyond six times as much (S7).
TOPE_FLUJO = 32 << 20
TOPE_TOTAL = 6 * TOPE_FLUJO
TOPE_FILTROS = 4
# An A3 page at 600 dpi has 70 million pixels.
TOPE_PIXELES = 150_000_000
TOPE_NIVELES = 100


class Rechazo(Exception):
    """A verdict, by its key of mensajes.md §1."""

    def __init__(self, clave: str, **datos: Any) -> None:
        super().__init__(clave)
        self.clave, self.datos = clave, datos
