"""A second hand on the same rows: a thread with a connection of its own."""

from collections.abc import Callable
from threading import Thread

from django.db import connection


def en_hilo(hacer: Callable[[], object]) -> Thread:
    """A started thread, which closes its connection at the end."""

    def correr() -> None:
        try:
            hacer()
        finally:
            connection.close()

    hilo = Thread(target=correr)
    hilo.start()
    return hilo
