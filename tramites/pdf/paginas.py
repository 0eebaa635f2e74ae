"""Pages of a PDF as pictures: neither the browser nor this process opens what a stranger sent."""

import importlib.util
import json
import logging
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from .inspeccionar import descriptor

HIJO = Path(__file__).with_name("_paginador.py")
_pypdfium2 = importlib.util.find_spec("pypdfium2")
if _pypdfium2 is None or _pypdfium2.origin is None:
    raise ImportError("pypdfium2")
BIBLIOTECA = str(Path(_pypdfium2.origin).parent.parent)
# The longer side in pixels: a letter page to be read on a screen, and enlarged.
LADO, LADO_GRANDE = 1_600, 2_800

bitacora = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Dibujo:
    """How a page is drawn and what that may cost (S7, P9); `lado` is its longer side in pixels."""

    lado: int = LADO
    calidad: int = 82
    segundos_cpu: int = 8
    segundos: int = 20
    memoria_mb: int = 768


class PaginaNoDibujada(Exception):
    """The page could not be drawn within its limits; the file can still be downloaded."""


def dibujar(archivo: IO[bytes], pagina: int, dibujo: Dibujo | None = None) -> bytes:
    """The page, counted from 1, as a JPEG. Raises `PaginaNoDibujada`."""
    dibujo = dibujo or Dibujo()
    pedido = json.dumps(asdict(dibujo) | {"pagina": pagina, "biblioteca": BIBLIOTECA})
    with descriptor(archivo) as fd, _hijo(fd, pedido) as hijo:
        try:
            imagen, _ = hijo.communicate(timeout=dibujo.segundos)
        except subprocess.TimeoutExpired:
            os.killpg(hijo.pid, signal.SIGKILL)
            imagen, _ = hijo.communicate()
    if hijo.returncode or not imagen:
        bitacora.warning("pagina_no_dibujada codigo=%s", hijo.returncode)
        raise PaginaNoDibujada
    return imagen


def _hijo(fd: int, pedido: str) -> subprocess.Popen[bytes]:
    """The child, in a session of its own, with no environment: it has no secrets to lose."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", str(HIJO), pedido],
        stdin=fd,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        start_new_session=True,
    )
