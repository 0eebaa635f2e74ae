"""A query compiled once in each process and asked with other values.

Django takes longer to put a query in SQL than the database to answer it, and of the same one only values
change. What is asked is what the queryset would ask (tests/escritura/test_preparadas.py).
"""

from collections.abc import Callable, Iterable
from copy import copy
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import ModelIterable

Objeto = TypeVar("Objeto", bound=Model)


class Parametro(Expression):
    """The place of a value that each asking brings under `nombre`, as the column `campo` writes it."""

    def __init__(self, nombre: str, campo: Any) -> None:
        super().__init__(output_field=campo)
        self.nombre, self.campo = nombre, campo

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A mark; whoever prepares the query puts the value in its place."""
        return "%s", [self]

    def escrito(self, valores: dict[str, Any]) -> Any:
        """Its value, ready for the database; `KeyError` if it was not brought."""
        return self.campo.get_db_prep_value(valores[self.nombre], connection)


def _escritos(parametros: Iterable[Any], valores: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(p.escrito(valores) if isinstance(p, Parametro) else p for p in parametros)


class Preparada:
    """A `values_list()` with `Parametro` for some values; of one database for as long as the process lasts.

    `fila` makes each row of its columns, in their order.
    """

    def __init__(self, consulta: QuerySet[Any, Any], fila: Callable[[Any], Any] = tuple) -> None:
        self._fila, self._sql = fila, ""
        self._parametros: tuple[Any, ...] = ()
        self._conversiones: list[tuple[int, list[Any], Any]] = []
        compilador = consulta.query.get_compiler(connection=connection)
        try:
            self._sql, self._parametros = compilador.as_sql()
        except EmptyResultSet:  # no value would bring a row
            return
        columnas = [columna for columna, *_ in compilador.select]
        self._conversiones = [(n, *c) for n, c in compilador.get_converters(columnas).items()]

    def con(self, **valores: Any) -> list[Any]:
        """The rows, with those values; `KeyError` if one is missing."""
        if not self._sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self._sql, _escritos(self._parametros, valores))
            filas = cursor.fetchall()
        return [self._fila(self._leida(fila)) for fila in filas]

    def _leida(self, fila: Any) -> Any:
        if not self._conversiones:
            return fila
        leida = list(fila)
        for n, funciones, expresion in self._conversiones:
            for convertir in funciones:
                leida[n] = convertir(leida[n], expresion, connection)
        return leida


class Objetos(Generic[Objeto]):
    """The same for whole objects and what `select_related` and `annotate` bring with them.

    `consulta` gives the queryset when first asked: what it names may not be loaded yet. It does not lock:
    that there is a transaction Django looks at when it compiles.
    """

    def __init__(self, consulta: Callable[[], QuerySet[Objeto]]) -> None:
        self._consulta = consulta
        self._compilada: tuple[Any, str, tuple[Any, ...]] | None = None

    def con(self, **valores: Any) -> list[Objeto]:
        """The objects, with those values; `KeyError` if one is missing."""
        if self._compilada is None:
            compilador = self._consulta().query.get_compiler(connection=connection)
            self._compilada = compilador, *compilador.as_sql()
        plantilla, sql, parametros = self._compilada
        suyo = copy(plantilla)  # what one asking leaves in it is of its thread
        suyo.as_sql = lambda *_, **__: (sql, _escritos(parametros, valores))
        try:
            return list(ModelIterable(_ya_compilada(suyo)))
        except OverflowError:  # SQLite: a number that no row can have
            return []


def _ya_compilada(compilador: Any) -> Any:
    """As much of a queryset as Django's reader of objects looks at."""
    consulta = SimpleNamespace(get_compiler=lambda using: compilador)
    return SimpleNamespace(db=connection.alias, query=consulta, _known_related_objects={})
