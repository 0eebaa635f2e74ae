"""The same keys and days computed by the database: PostgreSQL and SQLite find, sort and add up alike."""

from datetime import datetime, timedelta
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import Func, IntegerField, TextField
from django.dispatch import receiver

from escritura.orden import clave_busqueda, clave_orden

SEPARADOR = "\x01"  # before every sign that a text may hold: what follows only breaks a tie
DIA = timedelta(days=1)
_MARCAS = "'[\\u0300-\\u036f]', '', 'g'"


class _Clave(Func):
    """A key of a column. Marks go first: with the locale C, PostgreSQL lowers ASCII alone."""

    arity = 1
    output_field = TextField()
    en_postgresql: str

    def as_postgresql(self, compiler: Any, connection: Any, **contexto: Any) -> Any:
        return super().as_sql(compiler, connection, template=self.en_postgresql, **contexto)


class ClaveBusqueda(_Clave):
    """`clave_busqueda` of a column, but for odd spaces and dashes, which no name is saved with."""

    function = "clave_busqueda"
    en_postgresql = (
        "lower(regexp_replace(normalize(translate(%(expressions)s::text, '´`‘’ʼ', repeat(chr(39), 5)), NFD),"
        f" {_MARCAS}))"
    )


class ClaveOrden(_Clave):
    """`clave_orden` of a column, for `order_by`; both halves in one text, compared sign by sign."""

    function = "clave_orden"
    en_postgresql = (
        "(lower(regexp_replace(regexp_replace(normalize(%(expressions)s::text, NFD),"
        f" '[nN]\\u0303', 'n\uffff', 'g'), {_MARCAS})) || '{SEPARADOR}'"
        ' || lower(normalize(%(expressions)s::text, NFC))) COLLATE "C"'
    )


class DiasEnteros(Func):
    """The days between two moments, the nearest whole: a sum by days then loses nothing that is shown."""

    arity = 2
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **contexto: Any) -> Any:
        """As the rest of the house: half a day counts as one."""
        return self.as_sql(
            compiler,
            connection,
            template="floor(extract(epoch FROM %(expressions)s) / 86400 + 0.5)::int",
            arg_joiner=" - ",
        )

    def as_sqlite(self, compiler: Any, connection: Any, **contexto: Any) -> Any:
        """Through `_dias_enteros`, which the connection knows."""
        return self.as_sql(compiler, connection, function="dias_enteros")


@receiver(connection_created, dispatch_uid="escritura.sqlite")
def _ensenar(connection: Any, **_kwargs: Any) -> None:
    """SQLite has no `normalize`, and its moments are texts: it calls ours."""
    if connection.vendor == "sqlite":
        crear = connection.connection.create_function
        crear("clave_busqueda", 1, lambda t: None if t is None else clave_busqueda(t), deterministic=True)
        crear("dias_enteros", 2, _dias_enteros, deterministic=True)
        crear("clave_orden", 1, lambda t: None if t is None else _en_uno(t), deterministic=True)


def _en_uno(texto: str) -> str:
    return SEPARADOR.join(clave_orden(texto))


def _dias_enteros(fin: str | None, inicio: str | None) -> int | None:
    if fin is None or inicio is None:
        return None
    return int((datetime.fromisoformat(fin) - datetime.fromisoformat(inicio)) / DIA + 0.5)
