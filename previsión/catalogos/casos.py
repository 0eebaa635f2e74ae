"""What the desk composes a previo of: the motives and the parts of a Caso de Previo, from the lists.

The motives are common. Each of the three lists of parts has a catalogue that every procedure shares and one
of each procedure, «caso_defecto:jubilacion». A row's code begins with the place where it is offered, and a
point: the number of the renglón, «p» and the number of the step, or a general one (every place, every
document, every step). What is common has general places alone: a number says nothing without its procedure.
"""

from collections.abc import Callable, Iterable

from escritura.orden import clave_busqueda
from tramites.definicion import ClasePaso, PartesDeCaso, Paso

from .consultas import opciones
from .models import ListaDeRevision, Opcion

GENERAL, EN_DOCUMENTOS, EN_PASOS = "0", "d", "p"
GENERALES = (GENERAL, EN_DOCUMENTOS, EN_PASOS)
# What stands between a list and the procedure whose catalogue it is.
DE_TRAMITE = ":"


def motivos() -> tuple[str, ...]:
    """The general motives of a previo (F2)."""
    return _unicos(nombre for _codigo, nombre in opciones(ListaDeRevision.MOTIVO))


def casos_de(clave: str, pasos: Iterable[Paso]) -> Callable[[int | str], PartesDeCaso]:
    """The three lists of a Caso de Previo in each renglón or step of that procedure (F4).

    Its own come first, then the general ones; never those of another procedure (FA9).
    """
    lugares = {paso.clave: lugar_de_paso(paso) for paso in pasos if paso.clase is ClasePaso.FORMULARIO}

    def partes(lugar: int | str) -> PartesDeCaso:
        propio = lugares.get(str(lugar), str(lugar))
        return PartesDeCaso(
            documentos=_de(ListaDeRevision.DOCUMENTO, clave, propio),
            campos=_de(ListaDeRevision.CAMPO, clave, propio),
            defectos=_de(ListaDeRevision.DEFECTO, clave, propio),
        )

    return partes


def lugar_de_paso(paso: Paso) -> str:
    """How the codes call a step."""
    return f"{EN_PASOS}{paso.numero}"


def catalogo_de(lista: str, clave: str) -> str:
    """The catalogue of that list in a procedure; the common one when there is none."""
    return f"{lista}{DE_TRAMITE}{clave}" if clave else lista


def lista_de(catalogo: str) -> str:
    """The list of which that catalogue is."""
    return catalogo.partition(DE_TRAMITE)[0]


def tramite_de(catalogo: str) -> str:
    """The key of the procedure whose catalogue it is; empty when it is common."""
    return catalogo.partition(DE_TRAMITE)[2]


def _de(lista: str, clave: str, lugar: str) -> tuple[str, ...]:
    comunes = [fila for fila in _filas(lista) if fila[0] in GENERALES]
    filas = [*_filas(catalogo_de(lista, clave)), *comunes]
    propias = [nombre for suyo, nombre in filas if suyo == lugar]
    generales = [nombre for suyo, nombre in filas if suyo != lugar and _se_cruzan(suyo, lugar)]
    return _unicos([*propias, *generales])


def _filas(catalogo: str) -> list[tuple[str, str]]:
    return [(lugar_de(codigo), nombre) for codigo, nombre in opciones(catalogo)]


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


def se_ofrecen_juntas(una: Opcion, otra: Opcion) -> bool:
    """Whether one list would show both rows: of one procedure or common, and in places that meet."""
    tramites = {tramite_de(una.catalogo), tramite_de(otra.catalogo)}
    return (len(tramites) == 1 or "" in tramites) and _se_cruzan(lugar_de(una.codigo), lugar_de(otra.codigo))


def _se_cruzan(uno: str, otro: str) -> bool:
    """Whether what belongs to one place is offered beside what belongs to the other."""
    lugares = {uno, otro}
    if len(lugares) == 1 or GENERAL in lugares:
        return True
    de_paso = {lugar.startswith(EN_PASOS) for lugar in lugares}
    return bool(lugares & {EN_DOCUMENTOS, EN_PASOS}) and len(de_paso) == 1


def mismo_nombre(nombre: str) -> str:
    """What two names share when a reader takes them for the same."""
    return clave_busqueda(nombre).strip(" .")
