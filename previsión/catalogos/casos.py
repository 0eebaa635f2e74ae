"""What the desk composes a previo of: the motives and the parts of a Caso de Previo, from the lists."""

from collections.abc import Iterable

from escritura.orden import clave_busqueda
from tramites.definicion import PartesDeCaso

from .consultas import opciones

# The code of a case's part begins with the place where it is offered, and a point: the number of the
# renglón, or one of these for a step; or a general one, of every place, every document or every step.
PASOS = {"datos-generales": "p1", "beneficiario": "p2", "juramento": "p3"}
GENERAL, EN_DOCUMENTOS, EN_PASOS = "0", "d", "p"


def motivos() -> tuple[str, ...]:
    """The general motives of a previo (F2)."""
    return _unicos(nombre for _codigo, nombre in opciones("motivo_previo"))


def partes_de_caso(lugar: int | str) -> PartesDeCaso:
    """The three lists of a Caso de Previo in a renglón or a step: its own first, then the general (F4)."""
    propio = PASOS.get(str(lugar), str(lugar))
    return PartesDeCaso(
        documentos=_de("caso_documento", propio),
        campos=_de("caso_campo", propio),
        defectos=_de("caso_defecto", propio),
    )


def _de(catalogo: str, lugar: str) -> tuple[str, ...]:
    filas = [(lugar_de(codigo), nombre) for codigo, nombre in opciones(catalogo)]
    propias = [nombre for suyo, nombre in filas if suyo == lugar]
    generales = [nombre for suyo, nombre in filas if suyo != lugar and se_cruzan(suyo, lugar)]
    return _unicos([*propias, *generales])


def _unicos(nombres: Iterable[str]) -> tuple[str, ...]:
    """Each name once, whatever rows say it."""
    unicos: dict[str, str] = {}
    for nombre in nombres:
        unicos.setdefault(mismo_nombre(nombre), nombre)
    return tuple(unicos.values())


def lugar_de(codigo: str) -> str:
    """The place of a part of a case; empty for what belongs to none, as a motive or an option of a list."""
    lugar, punto, _n = codigo.partition(".")
    return lugar if punto else ""


def se_cruzan(uno: str, otro: str) -> bool:
    """Whether what belongs to one place is offered beside what belongs to the other."""
    lugares = {uno, otro}
    if len(lugares) == 1 or GENERAL in lugares:
        return True
    de_paso = {lugar.startswith(EN_PASOS) for lugar in lugares}
    return bool(lugares & {EN_DOCUMENTOS, EN_PASOS}) and len(de_paso) == 1


def mismo_nombre(nombre: str) -> str:
    """What two names share when a reader takes them for the same."""
    return clave_busqueda(nombre).strip(" .")
