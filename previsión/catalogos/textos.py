"""The texts that ONSEC's staff write: which there are, what each says today and whose words those are."""

from collections.abc import Callable, Iterable, Mapping

from tramites import registro
from tramites.definicion import Procedencia, TextoVersionado

from .consultas import textos_vigentes


def conocidos() -> dict[str, TextoVersionado]:
    """Those of every registered procedure, by their key."""
    return {texto.clave: texto for tramite in registro.todos() for texto in tramite.textos_editables}


def vigente(texto: TextoVersionado) -> str:
    """What it says today: the version in force, or the words with which it began."""
    return textos_vigentes().get(texto.clave, texto.inicial)


def procedencia(texto: TextoVersionado) -> Procedencia:
    """Whose words those are: a version in force is of ONSEC's own writing, and official."""
    return Procedencia.OFICIAL if texto.clave in textos_vigentes() else texto.procedencia


def del_dia(textos: Iterable[TextoVersionado]) -> Callable[[], Mapping[str, str]]:
    """What they say today, as templates call them: «jubilacion.enterado.1» is `enterado_1`."""
    propios = {texto.clave.partition(".")[2].replace(".", "_"): texto for texto in textos}
    return lambda: {nombre: vigente(texto) for nombre, texto in propios.items()}
