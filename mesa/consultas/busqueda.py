"""Finding Gestiones by number, CUI or name, at the same cost whatever there is. Reads only.

A part of a word counts from three letters on; a shorter word, whole. See
docs/decisiones/0032-los-nombres-se-buscan-por-trigramas.md.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.lookups import TrigramSimilar
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from escritura.orden import clave_busqueda
from tramites.consultas.numero import digitos
from tramites.models import Gestion, Palabra

LARGO_CUI = 13
# What has a trigram inside, and what has one at least with its edges; without any, an index is no help.
_LARGA, _PALABRA = re.compile(r"[a-z0-9]{3}"), re.compile(r"[a-z0-9]")
# Up to so many, what matches is known one by one and sorted; beyond, the list's own order meets some soon.
CANDIDATAS = 1_000
# What two words share to be the same one mistyped (pg_trgm's own), and how many are tried.
PARECIDO, PARECIDAS = 0.3, 4


@dataclass(frozen=True)
class Encontradas:
    """What a text finds: `numeros` when they are few, else a `condicion` to walk a list with.

    `parecidas` when nothing matched and these are the names that resemble it.
    """

    numeros: tuple[int, ...] | None
    condicion: Q
    parecidas: bool = False


NADA = Encontradas((), Q())


def hallar(enviadas: QuerySet[Gestion], texto: str) -> Encontradas:
    """By number or CUI; else by every word of the name, and when none matches by those that it resembles."""
    if numero := digitos(texto):
        return _encontradas(enviadas, exacta := por_numero_o_cui(numero), exacta)
    palabras = [[palabra] for palabra in clave_busqueda(texto).split() if _PALABRA.search(palabra)]
    hallazgo = _por_nombre(enviadas, palabras) if palabras else NADA
    if hallazgo.numeros != () or (parecidas := _parecidas(palabras)) == palabras:
        return hallazgo
    otro = _por_nombre(enviadas, parecidas)
    return replace(otro, parecidas=otro.numeros != ())


def por_numero_o_cui(digitos: str) -> Q:
    """Exactly that number, or that CUI."""
    return Q(titular_cui=digitos) if len(digitos) >= LARGO_CUI else Q(numero=int(digitos))


def _por_nombre(enviadas: QuerySet[Gestion], palabras: list[list[str]]) -> Encontradas:
    """`palabras` are, for each of the text, the forms of which the name has one."""
    return _encontradas(enviadas, _todas(palabras, _con_indice), _todas(palabras, _leyendo))


def _encontradas(enviadas: QuerySet[Gestion], con_indice: Q, leyendo: Q) -> Encontradas:
    """The numbers, found by the index alone, in no order: it would have the planner walk for what is rare."""
    filas = enviadas.filter(con_indice).order_by().values_list("numero", flat=True)
    numeros = tuple(filas[: CANDIDATAS + 1])
    return Encontradas(numeros if len(numeros) <= CANDIDATAS else None, leyendo)


def _todas(palabras: list[list[str]], forma: Callable[[str], Q]) -> Q:
    return reduce(and_, (reduce(or_, map(forma, formas)) for formas in palabras), Q())


def _con_indice(palabra: str) -> Q:
    """What the index of trigrams answers."""
    if _LARGA.search(palabra):
        return Q(titular_busqueda__contains=palabra)
    return (
        Q(titular_busqueda=palabra)
        | Q(titular_busqueda__startswith=f"{palabra} ")
        | Q(titular_busqueda__endswith=f" {palabra}")
        | Q(titular_busqueda__contains=f" {palabra} ")
    )


def _leyendo(palabra: str) -> Q:
    """The same, row by row along another index: no index of trigrams is tempted by what is common."""
    buscada = palabra if _LARGA.search(palabra) else f" {palabra} "
    nombre = Concat(Value(" "), F("titular_busqueda"), Value(" "))
    return Q(GreaterThan(StrIndex(nombre, Value(buscada)), 0))


def _parecidas(palabras: list[list[str]]) -> list[list[str]]:
    """Each word with those of some name that it resembles, the most alike first; one query, of PostgreSQL."""
    largas = [palabra for (palabra,) in palabras if _LARGA.search(palabra)]
    if not largas or connection.vendor != "postgresql":
        return palabras
    alguna = reduce(or_, (Q(TrigramSimilar(F("texto"), palabra)) for palabra in largas))
    grados = (TrigramSimilarity("texto", palabra) for palabra in largas)
    filas = list(Palabra.objects.filter(alguna).values_list("texto", *grados))
    formas = {}
    for n, palabra in enumerate(largas, 1):
        cerca = sorted((-fila[n], fila[0]) for fila in filas if fila[n] >= PARECIDO and fila[0] != palabra)
        formas[palabra] = [palabra, *(texto for _, texto in cerca[:PARECIDAS])]
    return [formas.get(palabra, [palabra]) for (palabra,) in palabras]
