"""The same keys and days computed by the database: PostgreSQL and SQLite find, sort and add up alike."""

from datetime import datetime, timedelta
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import Func, IntegerField, TextField
from django.dispatch import receiver

from escritura.orden import clave_busqueda, clave_orden

SEPARADOR = "\x01"  # sorts before any character of a text, so what follows it only breaks ties
DIA = timedelta(days=1)
_MARCAS = "'[\\u0300-\\u036f]', '', 'g'"


class _Clave(Func):
    """A key of a column. Accents are removed before `lower`, which in the C locale only knows ASCII."""

    arity = 1
    output_field = TextField()
    en_postgresql: str

    def as_postgresql(self, compiler: Any, connection: Any, **contexto: Any) -> Any:
        return super().as_sql(compiler, connection, template=self.en_postgresql, **contexto)


class ClaveBusqueda(_Clave):
    """`clave_busqueda` of a column. It skips odd spaces and dashes, because saved names have none."""

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
    """The days between two moments, rounded, as the statistics show them and `Cifra` keeps them."""

    arity = 2
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **contexto: Any) -> Any:
        """Half a day rounds up, as in `_dias_enteros`."""
        return self.as_sql(
            compiler,
            connection,
            template="floor(extract(epoch FROM %(expressions)s) / 86400 + 0.5)::int",
            arg_joiner=" - ",
        )

    def as_sqlite(self, compiler: Any, connection: Any, **contexto: Any) -> Any:
        """By `_dias_enteros`, registered on the connection."""
        return self.as_sql(compiler, connection, function="dias_enteros")


@receiver(connection_created, dispatch_uid="escritura.sqlite")
def _ensenar(connection: Any, **_kwargs: Any) -> None:
    """Register these functions on SQLite, which has no `normalize` and keeps moments as text."""
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
