"""Lists that travel to PostgreSQL as one value: hundreds of parameters cost more than their rows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigAutoField, BigIntegerField
from django.db.models.lookups import In


def arreglo(valores: Iterable[int | str]) -> str:
    """The array of those integers or hexadecimal texts, which need no quotes, as PostgreSQL writes it."""
    return f"{{{','.join(map(str, valores))}}}"


@BigAutoField.register_lookup
@BigIntegerField.register_lookup
class En(In):
    """`filter(pk__en=numeros)`: as `__in`, for a list, tuple, set or dictionary of integers."""

    lookup_name = "en"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        columna, parametros = self.process_lhs(compiler, connection)
        return f"{columna} = ANY(%s)", [*parametros, arreglo(self.rhs)]
