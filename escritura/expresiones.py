"""The same keys computed by the database: PostgreSQL and SQLite find and sort alike, with any locale."""

from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import Func, TextField
from django.dispatch import receiver

from escritura.orden import clave_busqueda, clave_orden

SEPARADOR = "\x01"  # before every sign that a text may hold: what follows only breaks a tie
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


@receiver(connection_created, dispatch_uid="escritura.sqlite")
def _ensenar(connection: Any, **_kwargs: Any) -> None:
    """SQLite has no `normalize`: it calls ours."""
    if connection.vendor == "sqlite":
        crear = connection.connection.create_function
        crear("clave_busqueda", 1, lambda t: None if t is None else clave_busqueda(t), deterministic=True)
        crear("clave_orden", 1, lambda t: None if t is None else _en_uno(t), deterministic=True)


def _en_uno(texto: str) -> str:
    return SEPARADOR.join(clave_orden(texto))
