"""Pages of a list by its keys: each begins beside a row, and the last costs what the first does. Reads only.

A page's address holds the dates and the number of the row where it begins, nothing personal, and means the
same to whoever opens it: what moves meanwhile is neither repeated nor skipped.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial, reduce
from itertools import chain, islice
from operator import or_
from typing import Any, TypeVar

from django.db import connection
from django.db.models import (
    DateTimeField,
    F,
    Func,
    IntegerField,
    Model,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.lookups import GreaterThan, LessThan

from escritura.preparadas import Parametro

PARAMETRO = "pagina"
DESPUES, ANTES, NULO = "despues", "antes", "n"
_ESCRITO = re.compile(rf"({DESPUES}|{ANTES})((?:\.(?:{NULO}|-?\d{{1,18}}))+)", re.ASCII)
# So many walks at most are merged by one query: of more, the planner expects more rows than a page has.
JUNTAS = 4
_EPOCA = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)

Fila = TypeVar("Fila")
Modelo = TypeVar("Modelo", bound=Model)


class Cuantas(Subquery):
    """How many rows a query gives, counted where they are, as one column of another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) contadas)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Orden:
    """A total order: its columns, all in one sense; the last is unique.

    With `nulos`, the first may be null, and then goes last in either sense.
    """

    columnas: tuple[str, ...]
    descendente: bool = False
    nulos: bool = False

    def campos(self, atras: bool) -> list[str]:
        """For `order_by`, forwards or backwards, within a stretch, where nulls have no place."""
        signo = "-" if self.descendente != atras else ""
        return [signo + columna for columna in self.columnas]

    def entero(self, atras: bool) -> list[Any]:
        """The same over all the stretches, with the nulls in their place."""
        primera, *resto = self.campos(atras)
        if not self.nulos:
            return [primera, *resto]
        columna, nulos = F(self.columnas[0]), {"nulls_first" if atras else "nulls_last": True}
        return [columna.desc(**nulos) if primera.startswith("-") else columna.asc(**nulos), *resto]

    def tramos(self, borde: "Borde") -> list[Q]:
        """The stretches that follow it, in turn; an index runs through each of them."""
        if not self.nulos:
            return [borde.condicion(self, 0)]
        con, sin = Q(**{f"{self.columnas[0]}__isnull": False}), Q(**{f"{self.columnas[0]}__isnull": True})
        if not borde.valores:
            return [sin, con] if borde.atras else [con, sin]
        if borde.valores[0] is None:
            resto = sin & borde.condicion(self, 1)
            return [resto, con] if borde.atras else [resto]
        resto = con & borde.condicion(self, 0)
        return [resto] if borde.atras else [resto, sin]


@dataclass(frozen=True)
class Borde:
    """Where a page begins: beside the row with these values, on one side. Without them, at the list's end."""

    valores: tuple[Any, ...] = ()
    atras: bool = False

    @classmethod
    def leido(cls, escrito: str, modelo: type[Model], orden: Orden) -> "Borde | None":
        """What an address says, which anybody may have typed; None when it is no place of that order."""
        if not (partes := _ESCRITO.fullmatch(escrito)):
            return None
        valores = partes[2][1:].split(".")
        if len(valores) != len(orden.columnas) or NULO in valores[1 if orden.nulos else 0 :]:
            return None
        campos = [modelo._meta.get_field(columna) for columna in orden.columnas]
        try:
            leidos = tuple(_valor(v, campo) for v, campo in zip(valores, campos, strict=True))
        except OverflowError:  # no such date
            return None
        return cls(leidos, partes[1] == ANTES)

    @staticmethod
    def escrito(fila: Model, orden: Orden, lado: str) -> str:
        """The address of what lies on that side of a row."""
        return ".".join((lado, *(_texto(getattr(fila, columna)) for columna in orden.columnas)))

    def condicion(self, orden: Orden, desde: int) -> Q:
        """What lies beyond, by the columns from `desde` on: one comparison of rows, for an index."""
        if not self.valores:
            return Q()
        compara = LessThan if orden.descendente != self.atras else GreaterThan
        columnas, valores = orden.columnas[desde:], self.valores[desde:]
        return Q(compara(_Tupla(*map(F, columnas)), _Tupla(*valores)))

    @property
    def clase(self) -> "Borde":
        """All that the SQL of what lies beyond depends on: the side, and which values are null."""
        return replace(self, valores=tuple(None if valor is None else 0 for valor in self.valores))

    def en_parametros(self, modelo: type[Model], orden: Orden) -> "Borde":
        """One of its class with a `Parametro` for each value, named as its column."""
        campos = [modelo._meta.get_field(columna) for columna in orden.columnas]
        valores = zip(campos, self.valores, strict=bool(self.valores))
        return replace(self, valores=tuple(v if v is None else Parametro(c.name, c) for c, v in valores))


class _Tupla(Func):
    """A row of SQL: (a, b, c)."""

    template = "(%(expressions)s)"
    output_field = TextField()  # of no use: rows are only compared


def _valor(escrito: str, campo: Any) -> Any:
    if escrito == NULO:
        return None
    return _EPOCA + int(escrito) * _MICRO if isinstance(campo, DateTimeField) else int(escrito)


def _texto(valor: Any) -> str:
    if valor is None:
        return NULO
    return str((valor - _EPOCA) // _MICRO if isinstance(valor, datetime) else valor)


@dataclass(frozen=True)
class Pagina(Sequence[Fila]):
    """Its rows, and the addresses of those beside it, empty where there is none.

    `perdida` when another was asked that is no more, or never was: this is the first.
    """

    filas: tuple[Fila, ...]
    anterior: str = ""
    siguiente: str = ""
    perdida: bool = False

    def __len__(self) -> int:
        return len(self.filas)

    def __getitem__(self, indice: Any) -> Any:
        return self.filas[indice]

    @property
    def unica(self) -> bool:
        """Whether the whole list stands in it."""
        return not (self.anterior or self.siguiente)


# The stretches of a list that follow an edge, in turn, each of so many rows at most; read as they are needed.
Leer = Callable[[Borde, int], Iterable[Iterable[Any]]]


def paginar(filas: QuerySet[Modelo], orden: Orden, pedida: str, tamano: int) -> Pagina[Modelo]:
    """The page of `filas` that an address asks for; without one, or with one that does not hold, the first.

    The rows are few, or one index walks them in that order.
    """
    recorrido = Recorrido(filas)
    return hojear(partial(recorrido.tramos, orden), filas.model, orden, pedida, tamano)


def hojear(leer: Leer, modelo: type[Model], orden: Orden, pedida: str, tamano: int) -> Pagina[Any]:
    """`paginar` over whatever `leer` brings: rows of `modelo` or with its columns of the order."""
    borde = Borde.leido(pedida, modelo, orden) if pedida else Borde()
    halladas = _desde(leer, borde, tamano + 1) if borde else []
    if pedida and not halladas:
        return replace(hojear(leer, modelo, orden, "", tamano), perdida=True)
    assert borde is not None  # noqa: S101
    hay_mas, halladas = len(halladas) > tamano, halladas[:tamano]
    if borde.atras:
        halladas.reverse()
    antes, despues = (hay_mas, True) if borde.atras else (bool(pedida), hay_mas)
    return Pagina(
        tuple(halladas),
        Borde.escrito(halladas[0], orden, ANTES) if antes else "",
        Borde.escrito(halladas[-1], orden, DESPUES) if despues else "",
    )


def _desde(leer: Leer, borde: Borde, cuantas: int) -> list[Any]:
    halladas: list[Any] = []
    for tramo in leer(borde, cuantas):
        halladas += islice(tramo, cuantas - len(halladas))
        if len(halladas) == cuantas:
            break
    return halladas


@dataclass(frozen=True)
class Recorrido:
    """How a list is walked.

    `ramas` split its rows so that an index runs through each in the list's order: a page is their merge. The
    columns `fijas`, with which those indexes begin, hold one value in each. Without branches, the rows are
    few or a single index serves. `mostrar` brings what the page's rows show.
    """

    filas: QuerySet[Any]
    ramas: Sequence[Q] = ()
    fijas: Sequence[str] = ()
    mostrar: QuerySet[Any] | None = None

    def tramos(self, orden: Orden, borde: Borde, cuantas: int) -> list[QuerySet[Any, Any]]:
        """A query for each stretch beyond the edge, as it is walked; one for all of them, if they are few."""
        vistas = self.filas if self.mostrar is None else self.mostrar
        tramos, entero = orden.tramos(borde), orden.entero(borde.atras)
        if not self.ramas:
            punta = self.filas.filter(reduce(or_, tramos)).order_by(*entero)[:cuantas]
            return [vistas.filter(pk__in=punta.values("pk")).order_by(*entero)]
        campos = orden.campos(borde.atras)
        fijadas = [("-" if campos[0].startswith("-") else "") + columna for columna in self.fijas]
        # The keys first: what the rows show is looked up for those of the page alone.
        puntas = [
            [self.filas.filter(rama, tramo).order_by(*fijadas, *campos)[:cuantas] for rama in self.ramas]
            for tramo in tramos
        ]
        if len(self.ramas) * len(tramos) <= JUNTAS:
            puntas = [[*chain.from_iterable(puntas)]]
        return [vistas.filter(pk__in=_claves(p)).order_by(*entero)[:cuantas] for p in puntas]


def _claves(puntas: Sequence[QuerySet[Any]]) -> QuerySet[Any]:
    """The keys of them all."""
    if len(puntas) == 1:
        return puntas[0].values("pk")
    if not connection.features.supports_slicing_ordering_in_compound:
        puntas = [
            punta.model._default_manager.filter(pk__in=punta.values("pk")).order_by() for punta in puntas
        ]
    primera, *otras = (punta.values("pk") for punta in puntas)
    return primera.union(*otras, all=True)
