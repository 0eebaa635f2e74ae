"""Programs that open what a stranger sent, each in a child with nothing to lose (S7, S9)."""

import importlib.util
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from .turnos import turno


def biblioteca(paquete: str) -> str:
    """The folder where a package is installed, for the bare path of the child. Raises `ImportError`."""
    hallado = importlib.util.find_spec(paquete)
    if hallado is None or hallado.origin is None:
        raise ImportError(paquete)
    return str(Path(hallado.origin).parent.parent)


@contextmanager
def hijo(
    programa: Path, archivo: IO[bytes], pedido: Mapping[str, Any], *, espera: float
) -> Iterator[subprocess.Popen[bytes]]:
    """The program at work on the file, its descriptor 0, in a session of its own and with no environment.

    It waits for its turn at most `espera` seconds. Raises `SinTurno`.
    """
    with (
        turno(espera) as llave,
        _descriptor(archivo) as fd,
        subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", str(programa), json.dumps(pedido)],
            stdin=fd,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            pass_fds=[llave],
            start_new_session=True,
        ) as proceso,
    ):
        yield proceso


def respuesta(proceso: subprocess.Popen[bytes], segundos: int) -> bytes:
    """What the child answers; past that wall clock it is killed with all that it started."""
    try:
        return proceso.communicate(timeout=segundos)[0]
    except subprocess.TimeoutExpired:
        os.killpg(proceso.pid, signal.SIGKILL)
        return proceso.communicate()[0]


@contextmanager
def _descriptor(archivo: IO[bytes]) -> Iterator[int]:
    """A descriptor of the file's bytes; those that only live in memory are copied to a temporary file."""
    try:
        yield archivo.fileno()
    except io.UnsupportedOperation:
        with tempfile.TemporaryFile() as copia:
            archivo.seek(0)
            shutil.copyfileobj(archivo, copia)
            copia.flush()
            yield copia.fileno()
