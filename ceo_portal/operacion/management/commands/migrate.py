"""`manage.py migrate`, patient: the version that is serving never waits behind it for long.

A change of a table asks PostgreSQL for a lock that excludes everybody; while it waits for one slow reader,
every other page queues behind it. So it waits two seconds at most, lets the queue pass, and asks again.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

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
            try:
                with _esperar_poco(connections[options["database"]]):
                    super().handle(*args, **options)
                return
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in CANDADO_AJENO:
                    raise
            if intento < intentos:
                self.stderr.write(f"Otra sesión usa la tabla. Intento {intento} de {intentos}; se reintenta.")
                time.sleep(min(intento, PAUSA_MAXIMA_S))
        raise CommandError(f"Otra sesión usó la tabla durante {intentos} intentos. Migre en otra hora.")


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
