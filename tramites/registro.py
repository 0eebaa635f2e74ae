"""The procedures the engine knows; `previsión` enrols them at start."""

from .definicion import Tramite

_tramites: dict[tuple[str, int], Tramite] = {}


def registrar(tramite: Tramite) -> None:
    """Enrol a procedure; `ValueError` when its (clave, version) is already taken."""
    llave = (tramite.clave, tramite.version)
    if llave in _tramites and _tramites[llave] is not tramite:
        raise ValueError(f"El trámite {llave} ya está registrado")
    _tramites[llave] = tramite


def obtener(clave: str, version: int | None = None) -> Tramite:
    """The procedure with that key, by default in its newest version; `KeyError` if unknown."""
    if version is None:
        version = max((v for c, v in _tramites if c == clave), default=0)
    return _tramites[clave, version]


def todos() -> tuple[Tramite, ...]:
    """Every procedure in its newest version, in the order of enrolment."""
    return tuple(obtener(clave) for clave in dict.fromkeys(c for c, _ in _tramites))
