"""Reads whose SQL is written once in each process: to write it costs Django more than the answer itself."""

from collections.abc import Callable
from copy import copy
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)


class Valor(Expression):
    """In a prepared read, the place of what each asking brings under that name, as that field keeps it."""

    def __init__(self, nombre: str, campo: Any) -> None:
        super().__init__(output_field=campo)
        self.nombre = nombre

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def de(self, valores: dict[str, Any], conexion: Any) -> Any:
        """What goes there now."""
        return self.output_field.get_db_prep_value(valores[self.nombre], connection=conexion)


class Preparada(Generic[M]):
    """A read that is always made with the same words: its objects, with what the queryset brings along.

    `consulta` makes it, with a `Valor` wherever it varies. It may not lock: that one must be in a
    transaction is checked when its SQL is written.
    """

    def __init__(self, consulta: Callable[[], QuerySet[M]]) -> None:
        self._consulta = consulta
        self._escritas: dict[str, tuple[Any, str, tuple[Any, ...]]] = {}  # by kind of database

    def __call__(self, **valores: Any) -> list[M]:
        """The rows as they stand; `valores`, by their names."""
        conexion = connections[DEFAULT_DB_ALIAS]
        if (escrita := self._escritas.get(conexion.vendor)) is None:
            escrita = self._escritas[conexion.vendor] = self._escribir()
        plantilla, sql, sitios = escrita
        puestos = tuple(s.de(valores, conexion) if isinstance(s, Valor) else s for s in sitios)
        compilador = copy(plantilla)  # what it learns of this asking is not the others'
        compilador.connection, compilador.as_sql = conexion, lambda *_args, **_kwargs: (sql, puestos)
        try:
            return list(ModelIterable(_consulta_hecha(compilador)))
        except OverflowError:  # SQLite: a number that no row can have
            return []

    def _escribir(self) -> tuple[Any, str, tuple[Any, ...]]:
        compilador = self._consulta().query.get_compiler(DEFAULT_DB_ALIAS)
        return compilador, *compilador.as_sql()


def _consulta_hecha(compilador: Any) -> Any:
    """What Django's own reader of rows asks of a queryset."""
    consulta = SimpleNamespace(get_compiler=lambda using: compilador)
    return SimpleNamespace(db=DEFAULT_DB_ALIAS, query=consulta, _known_related_objects={})
