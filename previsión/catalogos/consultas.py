"""Reads of what staff edit, remembered by each process for at most a minute."""

import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from .models import Opcion, Razon, TextoEditable

SEGUNDOS_DE_MEMORIA = 60


def opciones(catalogo: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the options in force today in Guatemala, in the order that staff gave them."""
    return _opciones(*_momento()).get(catalogo, ())


def textos_vigentes() -> Mapping[str, str]:
    """The version in force today of each text that ONSEC's staff have written, by its key."""
    return _textos(*_momento())


@receiver((post_save, post_delete), sender=Opcion)
@receiver((post_save, post_delete), sender=Razon)
@receiver((post_save, post_delete), sender=TextoEditable)
def _olvidar(**_kwargs: object) -> None:
    # Only once committed: until then another thread would remember the old rows again.
    transaction.on_commit(olvidar, robust=True)


def olvidar() -> None:
    """Forget at once, in this process; the others learn of the change when their minute ends."""
    _opciones.cache_clear()
    _textos.cache_clear()


def _momento() -> tuple[date, int]:
    return timezone.localdate(), int(time.monotonic() // SEGUNDOS_DE_MEMORIA)


@lru_cache(maxsize=1)
def _opciones(hoy: date, _minuto: int) -> dict[str, tuple[tuple[str, str], ...]]:
    vigentes: dict[str, dict[str, Opcion]] = defaultdict(dict)
    for fila in Opcion.objects.filter(vigente_desde__lte=hoy).order_by("vigente_desde"):
        vigentes[fila.catalogo][fila.codigo] = fila
    return {
        catalogo: tuple(
            (o.codigo, o.nombre)
            for o in sorted(por_codigo.values(), key=lambda o: (o.orden, o.codigo))
            if o.vigente_hasta is None or o.vigente_hasta >= hoy
        )
        for catalogo, por_codigo in vigentes.items()
    }


@lru_cache(maxsize=1)
def _textos(hoy: date, _minuto: int) -> dict[str, str]:
    filas = TextoEditable.objects.filter(vigente_desde__lte=hoy).order_by("version")
    return dict(filas.values_list("clave", "texto"))
