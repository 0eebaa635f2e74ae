"""Where a person stands in the wizard: going back is free, skipping ahead is impossible. No ORM, no HTTP.

`pasos` are those that apply to the Gestión, in order (`Tramite.pasos_de`).
"""

from collections.abc import Collection, Sequence

from .definicion import ClasePaso, Paso


def primer_pendiente(pasos: Sequence[Paso], completos: Collection[str]) -> Paso:
    """The first step whose key is not in `completos`; the last one when all are."""
    return next((p for p in pasos if p.clave not in completos), pasos[-1])


def esta_abierto(pasos: Sequence[Paso], completos: Collection[str], paso: Paso) -> bool:
    """Whether everything before `paso` is valid (requisitos.md B0)."""
    return paso.numero <= primer_pendiente(pasos, completos).numero


def anterior(pasos: Sequence[Paso], paso: Paso) -> Paso | None:
    """The step before, None on the first."""
    return next((p for p in pasos if p.numero == paso.numero - 1), None)


def siguiente(pasos: Sequence[Paso], paso: Paso) -> Paso | None:
    """The step after, None on the last."""
    return next((p for p in pasos if p.numero == paso.numero + 1), None)


def por_confirmar(pasos: Sequence[Paso]) -> str:
    """The steps that are confirmed again when what they froze changes: «los pasos 4 y 5», «el paso 5»."""
    numeros = [str(p.numero) for p in pasos if p.clase in (ClasePaso.ACTA, ClasePaso.ENTERADO)]
    return f"el paso {numeros[0]}" if len(numeros) == 1 else f"los pasos {' y '.join(numeros)}"
