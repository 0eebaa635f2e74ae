"""Pages of a PDF as pictures: neither the browser nor this process opens what a stranger sent."""

import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from . import aislado

HIJO = Path(__file__).with_name("hijo") / "dibujar.py"
BIBLIOTECA = aislado.biblioteca("pypdfium2")
# The longer side in pixels: a letter page to be read on a screen, and enlarged.
LADO, LADO_GRANDE = 1_600, 2_800

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Dibujo:
    """How a page is drawn and what that may cost (S7, P9); `lado` is its longer side in pixels.

    `espera`, in seconds, is how long it may wait for its turn: whoever turns pages does not wait longer.
    """

    lado: int = LADO
    calidad: int = 82
    segundos_cpu: int = 8
    segundos: int = 20
    memoria_mb: int = 768
    espera: int = 5


class PaginaNoDibujada(Exception):
    """The page could not be drawn within its limits; the file can still be downloaded."""


def dibujar(archivo: IO[bytes], pagina: int, dibujo: Dibujo | None = None) -> bytes:
    """The page, counted from 1, as a JPEG. Raises `PaginaNoDibujada`; `SinTurno`, to be tried again."""
    dibujo = dibujo or Dibujo()
    pedido = asdict(dibujo) | {"pagina": pagina, "biblioteca": BIBLIOTECA}
    with aislado.hijo(HIJO, archivo, pedido, espera=dibujo.espera) as hijo:
        imagen = aislado.respuesta(hijo, dibujo.segundos)
    if hijo.returncode or not imagen:
        logger.warning("pagina_no_dibujada codigo=%s", hijo.returncode)
        raise PaginaNoDibujada
    return imagen
