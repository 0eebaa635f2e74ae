"""A job that never overlaps itself, whoever asks for it and however often: the lock dies with its holder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from django.conf import settings
from django.db import DatabaseError, connection

# PostgreSQL's advisory locks of the jobs: the first of two keys, that no other lock of the portal uses.
CANDADOS = 53111


@contextmanager
def a_solas(nombre: str) -> Iterator[bool]:
    """Hold the turn of that job; gives whether it was free. Nobody waits for it.

    On PostgreSQL the session holds it, in whatever machine; with SQLite, an open file of this one.
    """
    turno = _en_la_base if connection.vendor == "postgresql" else _en_un_archivo
    with turno(nombre) as libre:
        yield libre


@contextmanager
def _en_la_base(nombre: str) -> Iterator[bool]:
    llaves = [CANDADOS, crc32(nombre.encode()) - 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", llaves)
        [libre] = cursor.fetchone()
    try:
        yield libre
    finally:
        if libre:
            _soltar(llaves)


def _soltar(llaves: list[int]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", llaves)
    except DatabaseError:  # the session broke meanwhile: its locks went, or go, with it
        connection.close()


@contextmanager
def _en_un_archivo(nombre: str) -> Iterator[bool]:
    carpeta = settings.RUTA_VAR / "candados"
    carpeta.mkdir(parents=True, exist_ok=True)
    with (carpeta / nombre).open("w") as archivo:
        try:
            fcntl.flock(archivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
            libre = True
        except BlockingIOError:
            libre = False
        yield libre
