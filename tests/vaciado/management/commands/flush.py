"""Django's `flush`, for the suite on SQLite: the log's triggers refuse its DELETE, so they step aside."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Command(flush.Command):
    """Empties the database and leaves its triggers as they were; PostgreSQL's TRUNCATE needs nothing."""

    def handle(self, **options: Any) -> None:
        conexion = connections[options["database"]]
        if conexion.vendor != "sqlite":
            return super().handle(**options)
        with sin_disparadores(conexion):
            return super().handle(**options)


@contextmanager
def sin_disparadores(conexion: BaseDatabaseWrapper) -> Iterator[None]:
    """SQLite without triggers inside the block."""
    with conexion.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        disparadores = dict(cursor.fetchall())
        for nombre in disparadores:
            cursor.execute(f"DROP TRIGGER {nombre}")
        try:
            yield
        finally:
            for sentencia in disparadores.values():
                cursor.execute(sentencia)
