"""Reads of the places, remembered by each process for a minute: they change a few times in a decade."""

import time
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from escritura.orden import clave_orden
from territorio.models import Departamento, Municipio

SEGUNDOS_DE_MEMORIA = 60

# (code, name), as a choice of a form wants it.
Opcion = tuple[str, str]


def codigos_municipios() -> frozenset[str]:
    """Every code that a CUI may end in, also of municipalities no longer in force."""
    return _codigos(_minuto())


def departamentos() -> tuple[Opcion, ...]:
    """(code, name) of every department, in alphabetical order."""
    return _departamentos(_minuto())


def municipios_por_departamento() -> Mapping[str, tuple[Opcion, ...]]:
    """Department's code → (code, name) of its municipalities in force, in alphabetical order."""
    return _municipios(_minuto())


@receiver([post_save, post_delete], sender=Departamento, dispatch_uid="territorio.departamento")
@receiver([post_save, post_delete], sender=Municipio, dispatch_uid="territorio.municipio")
def _olvidar(**kwargs: object) -> None:
    # Only once committed: until then another thread would remember the old rows again.
    transaction.on_commit(olvidar, robust=True)


def olvidar() -> None:
    """Forget at once, in this process; the others learn of the change when their minute ends."""
    for leer in (_codigos, _departamentos, _municipios):
        leer.cache_clear()


def _minuto() -> int:
    return int(time.monotonic() // SEGUNDOS_DE_MEMORIA)


@lru_cache(maxsize=1)
def _codigos(_minuto: int) -> frozenset[str]:
    return frozenset(Municipio.objects.values_list("codigo", flat=True))


@lru_cache(maxsize=1)
def _departamentos(_minuto: int) -> tuple[Opcion, ...]:
    return tuple(sorted(Departamento.objects.values_list("codigo", "nombre"), key=_por_nombre))


@lru_cache(maxsize=1)
def _municipios(_minuto: int) -> dict[str, tuple[Opcion, ...]]:
    grupos: dict[str, list[Opcion]] = defaultdict(list)
    vigentes = Municipio.objects.filter(vigente=True)
    for departamento, codigo, nombre in vigentes.values_list("departamento_id", "codigo", "nombre"):
        grupos[departamento].append((codigo, nombre))
    return {departamento: tuple(sorted(grupo, key=_por_nombre)) for departamento, grupo in grupos.items()}


def _por_nombre(opcion: Opcion) -> tuple[str, str]:
    return clave_orden(opcion[1])
