"""A query compiled once in each process and asked with other values.

Django takes longer to put a list's query in SQL than the database to answer it, and of the same list only
values change. What is asked is what the queryset would ask (tests/tramites/test_preparadas.py).
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, QuerySet


class Parametro(Expression):
    """The place of a value that each asking brings under `nombre`, as the column `campo` writes it."""

    def __init__(self, nombre: str, campo: Any) -> None:
        super().__init__(output_field=campo)
        self.nombre, self.campo = nombre, campo

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A mark; `Preparada` puts the value in its place."""
        return "%s", [self]

    def escrito(self, valores: dict[str, Any]) -> Any:
        """Its value, ready for the database; `KeyError` if it was not brought."""
        return self.campo.get_db_prep_value(valores[self.nombre], connection)


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
        parametros = [p.escrito(valores) if isinstance(p, Parametro) else p for p in self._parametros]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, parametros)
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
