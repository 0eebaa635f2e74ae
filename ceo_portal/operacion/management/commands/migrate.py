"""`manage.py migrate`, patient: the version that is serving never waits behind it for long.

A change of a table asks PostgreSQL for a lock that excludes everybody; while it waits for one slow reader,
every other page queues behind it. So it waits two seconds at most, lets the queue pass, and asks again.
An index built beside the readers (CONCURRENTLY) and cut half-way stays, invalid, under its name: each attempt
takes such remains away first.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ceo_portal.a_solas import a_solas

ESPERA = "2s"
INTENTOS = 60
PAUSA_MAXIMA_S = 10
# PostgreSQL's lock_not_available and deadlock_detected.
CANDADO_AJENO = {"55P03", "40P01"}


class Command(migrate.Command):
    help = f"{migrate.Command.help} Espera poco cada candado y reintenta, para no detener a quien atiende."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--intentos", type=int, default=INTENTOS, help=f"cuántas veces lo intenta ({INTENTOS})"
        )

    def handle(self, *args: Any, intentos: int, **options: Any) -> None:
        """What was applied stays applied: each attempt goes on from there.

        Raises CommandError when the last attempt did not get its lock either.
        """
        for intento in range(1, intentos + 1):
            if self._intentar(*args, **options):
                return
            if intento < intentos:
                self.stderr.write(
                    f"Otra sesión usa la tabla o migra. Intento {intento} de {intentos}; se reintenta."
                )
                time.sleep(min(intento, PAUSA_MAXIMA_S))
        raise CommandError(f"Otra sesión usó la tabla durante {intentos} intentos. Migre en otra hora.")

    def _intentar(self, *args: Any, **options: Any) -> bool:
        """Whether it had its locks, and the turn of whoever migrates: two never do at once."""
        conexion = connections[options["database"]]
        try:
            with a_solas("migrate") as libre:
                if libre:
                    with _esperar_poco(conexion):
                        _quitar_indices_a_medias(conexion)
                        super().handle(*args, **options)
                return libre
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in CANDADO_AJENO:
                raise
            return False


@contextmanager
def _esperar_poco(conexion: BaseDatabaseWrapper) -> Iterator[None]:
    """No statement of this session waits longer than `ESPERA` for a lock."""
    if conexion.vendor != "postgresql":
        yield
        return
    with conexion.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [ESPERA])
        try:
            yield
        finally:
            cursor.execute("RESET lock_timeout")


def _quitar_indices_a_medias(conexion: BaseDatabaseWrapper) -> None:
    """What an attempt that was cut left of the indexes that it built; another session's in course stays."""
    if conexion.vendor != "postgresql":
        return
    with conexion.cursor() as cursor:
        cursor.execute(A_MEDIAS)
        for [indice] in cursor.fetchall():
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {indice}")


A_MEDIAS = """
SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relkind = 'i' AND pg_has_role(c.relowner, 'USAGE')
AND i.indexrelid NOT IN (SELECT index_relid FROM pg_stat_progress_create_index WHERE index_relid IS NOT NULL)
"""
