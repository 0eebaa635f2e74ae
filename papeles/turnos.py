"""Turns for the children that open what a stranger sent: few at a time in the whole machine (S7, P9).

A turn is the lock of a small file in `RUTA_TURNOS`. The kernel lets it go when the last process that
holds it ends, so neither a killed server nor a killed child keeps one; a child inherits its parent's,
so it still counts when only the parent was killed.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PAUSA = 0.05


class SinTurno(Exception):
    """As many as the machine bears were at work, and none ended in the time there was to wait."""


@contextmanager
def turno(segundos: float) -> Iterator[int]:
    """One of the `PDF_HIJOS` turns, as the descriptor that holds it. Raises `SinTurno`."""
    descriptor = _esperar(segundos)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _esperar(segundos: float) -> int:
    limite = time.monotonic() + segundos
    while (descriptor := _tomar()) is None:
        if time.monotonic() >= limite:
            raise SinTurno
        time.sleep(PAUSA)
    return descriptor


def _tomar() -> int | None:
    """The first free turn, if any. A folder that cannot be written has none to give."""
    try:
        carpeta = Path(settings.RUTA_TURNOS)
        carpeta.mkdir(parents=True, exist_ok=True)
        llaves = (_cerrar(carpeta / str(n)) for n in range(settings.PDF_HIJOS))
        return next((llave for llave in llaves if llave is not None), None)
    except OSError as falla:
        raise SinTurno from falla


def _cerrar(ruta: Path) -> int | None:
    """The descriptor that locks that file; `None` while another one does."""
    descriptor = os.open(ruta, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
