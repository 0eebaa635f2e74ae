"""Reads of the places, kept in the cache: the tables change a few times in a decade."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from escritura.orden import clave_orden
from territorio.models import Departamento, Municipio

# Bounds how long a process with a cache of its own (no Redis) can go on with the old tables, in seconds.
VIGENCIA = 300
CODIGOS, DEPARTAMENTOS, MUNICIPIOS = CLAVES = (
    "territorio.codigos",
    "territorio.departamentos",
    "territorio.municipios",
)

# (code, name), as a choice of a form wants it.
Opcion = tuple[str, str]
Leido = TypeVar("Leido")


def codigos_municipios() -> frozenset[str]:
    """Every code that a CUI may end in, also of municipalities no longer in force."""
    return _recordar(CODIGOS, _leer_codigos)


def departamentos() -> tuple[Opcion, ...]:
    """(code, name) of every department, in alphabetical order."""
    return _recordar(DEPARTAMENTOS, _leer_departamentos)


def municipios_por_departamento() -> Mapping[str, tuple[Opcion, ...]]:
    """Department's code → (code, name) of its municipalities in force, in alphabetical order."""
    return _recordar(MUNICIPIOS, _leer_municipios)


def _recordar(clave: str, leer: Callable[[], Leido]) -> Leido:
    return cast(Leido, cache.get_or_set(clave, leer, VIGENCIA))


def _leer_codigos() -> frozenset[str]:
    return frozenset(Municipio.objects.values_list("codigo", flat=True))


def _leer_departamentos() -> tuple[Opcion, ...]:
    return tuple(sorted(Departamento.objects.values_list("codigo", "nombre"), key=_por_nombre))


def _leer_municipios() -> dict[str, tuple[Opcion, ...]]:
    grupos: dict[str, list[Opcion]] = defaultdict(list)
    vigentes = Municipio.objects.filter(vigente=True)
    for departamento, codigo, nombre in vigentes.values_list("departamento_id", "codigo", "nombre"):
        grupos[departamento].append((codigo, nombre))
    return {departamento: tuple(sorted(grupo, key=_por_nombre)) for departamento, grupo in grupos.items()}


def _por_nombre(opcion: Opcion) -> tuple[str, str]:
    return clave_orden(opcion[1])


@receiver([post_save, post_delete], sender=Departamento, dispatch_uid="territorio.departamento")
@receiver([post_save, post_delete], sender=Municipio, dispatch_uid="territorio.municipio")
def _olvidar(**kwargs: object) -> None:
    # Only once committed: until then another process would cache the old rows again.
    transaction.on_commit(lambda: cache.delete_many(CLAVES), robust=True)
