"""Django's `flush`, for the suite: the log's triggers refuse its DELETE and TRUNCATE, so they step aside."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Command(flush.Command):
    """Empties the database and leaves its triggers as they were."""

    def handle(self, **options: Any) -> None:
        conexion = connections[options["database"]]
        sin_disparadores = _en_postgresql if conexion.vendor == "postgresql" else _en_sqlite
        with sin_disparadores(conexion):
            return super().handle(**options)


@contextmanager
def _en_postgresql(conexion: BaseDatabaseWrapper) -> Iterator[None]:
    """A session that fires none, as a replica; only the suite's superuser may be one."""
    with conexion.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")


@contextmanager
def _en_sqlite(conexion: BaseDatabaseWrapper) -> Iterator[None]:
    """The triggers dropped, and made again."""
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
