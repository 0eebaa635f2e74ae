"""Twenty threads at once on the same rows, for PostgreSQL's locks."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

HILOS = 20


def correr(intento: Callable[[int], Any], *rechazos: type[Exception]) -> list[Any]:
    """What each thread got, all starting together; a refusal among `rechazos` is returned, not raised."""
    salida = threading.Barrier(HILOS)

    def uno(n: int) -> Any:
        salida.wait()
        try:
            return intento(n)
        except rechazos as rechazo:
            return rechazo
        finally:
            connection.close()

    with ThreadPoolExecutor(HILOS) as hilos:
        return list(hilos.map(uno, range(HILOS)))
