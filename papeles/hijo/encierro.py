"""The walls of the child: what it may spend, set before it looks at a single byte (S7)."""

import json
import mmap
import resource
import sys
from typing import Any


def encerrar() -> dict[str, Any]:
    """What was asked, once the limits it names bind this process; its library can be imported."""
    pedido: dict[str, Any] = json.loads(sys.argv[1])
    for recurso, tope in (
        (resource.RLIMIT_CPU, pedido["segundos_cpu"]),
        (resource.RLIMIT_AS, pedido["memoria_mb"] << 20),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(recurso, (tope, tope))
    sys.path.append(pedido["biblioteca"])
    return pedido


def recibir() -> bytes:
    """The file, descriptor 0. By `mmap`, so that the position of the caller's file does not move."""
    with mmap.mmap(0, 0, access=mmap.ACCESS_READ) as mapa:
        return mapa[:]
