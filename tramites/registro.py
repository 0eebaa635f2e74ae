"""The procedures the engine knows, and those that may be asked for now; `previsión` enrols them at start."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.utils.text import slugify

from .definicion import Tramite

_tramites: dict[tuple[str, int], Tramite] = {}


@dataclass(frozen=True)
class Familia:
    """A sub-entry of «Mis Solicitudes»; `clave` ends its address, empty for the first."""

    nombre: str
    clave: str


def registrar(tramite: Tramite) -> None:
    """Enrol a procedure; `ValueError` when its (clave, version) is already taken."""
    llave = (tramite.clave, tramite.version)
    if llave in _tramites and _tramites[llave] is not tramite:
        raise ValueError(f"El trámite {llave} ya está registrado")
    _tramites[llave] = tramite


@contextmanager
def prestado(tramite: Tramite) -> Iterator[Tramite]:
    """Enrol a procedure while it lasts, for a test; what there was before is what there is after."""
    antes = dict(_tramites)
    registrar(tramite)
    try:
        yield tramite
    finally:
        _tramites.clear()
        _tramites.update(antes)


def obtener(clave: str, version: int | None = None) -> Tramite:
    """The procedure with that key, by default in its newest version; `KeyError` if unknown."""
    if version is None:
        version = max((v for c, v in _tramites if c == clave), default=0)
    return _tramites[clave, version]


def todos() -> tuple[Tramite, ...]:
    """Every procedure in its newest version, in the order of enrolment."""
    return tuple(obtener(clave) for clave in dict.fromkeys(c for c, _ in _tramites))


def publicados() -> tuple[Tramite, ...]:
    """Those that a person may ask for: of `todos`, the ones that TRAMITES_PUBLICADOS names; None, all.

    The Gestiones of the others go on: whoever has one finds its procedure with `obtener`.
    """
    claves = settings.TRAMITES_PUBLICADOS
    return tuple(t for t in todos() if claves is None or t.clave in claves)


def familias() -> tuple[Familia, ...]:
    """Those of what is published, in the order of enrolment; the first is «Mis Solicitudes» itself."""
    primera, *_ = nombres = [t.familia for t in todos()]
    publicadas = {t.familia for t in publicados()} | {primera}
    return tuple(
        Familia(n, "" if n == primera else slugify(n)) for n in dict.fromkeys(nombres) if n in publicadas
    )


def familia_de(tramite: Tramite) -> Familia:
    """The sub-entry that shows its Gestiones: its family or, while nothing of it is published, the first."""
    primera, *otras = familias()
    return next((f for f in otras if f.nombre == tramite.familia), primera)
