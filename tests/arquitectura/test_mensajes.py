"""What the portal says is what the law says, word for word (textos.md, mensajes.md §1 and §8)."""

import re

import pytest

from notificaciones.avisos.tabla import AVISOS
from papeles import rechazos
from territorio.cui import MENSAJES

from .codigo import RAIZ
from .test_especificacion import LEY, escritos

APROBADOS = sorted((RAIZ / "tests" / "datos" / "textos").glob("*.txt"))
# The reminders' subject is one phrase of those of mensajes.md §8, by the days that are left.
CON_PLAZO = "Gestión No. {}: {}"


def seccion(n: int) -> str:
    """A section of mensajes.md."""
    return re.split(r"^## §", escritos()[f"{LEY}mensajes.md"], flags=re.MULTILINE)[n]


def sin_datos(texto: object) -> str:
    """The sentence with its data in blank, whatever each side calls them."""
    return re.sub(r"\{[^}]*\}", "{}", str(texto))


@pytest.mark.parametrize("archivo", APROBADOS, ids=lambda archivo: archivo.stem)
def test_los_textos_aprobados_son_los_de_la_ley(archivo):
    """B00: what screens are compared with stands in textos.md."""
    ley = {linea.strip() for linea in escritos()[f"{LEY}textos.md"].splitlines()}
    lineas = [linea.strip() for linea in archivo.read_text(encoding="utf-8").splitlines() if linea.strip()]
    assert [linea for linea in lineas if linea not in ley] == []


@pytest.mark.parametrize(("clave", "oracion"), [*rechazos.RECHAZOS.items(), *rechazos.AVISOS.items()])
def test_lo_que_se_dice_de_un_archivo_es_de_la_ley(clave, oracion):
    """mensajes.md §1: each cause with its sentences, of which `es_imagen` has a variant."""
    fila = next(linea for linea in seccion(1).splitlines() if linea.startswith(f"| `{clave}` |"))
    assert [parte for parte in re.split(r"(?<=\.) ", str(oracion)) if parte not in fila] == []


@pytest.mark.parametrize(("clave", "oracion"), MENSAJES.items())
def test_lo_que_se_dice_de_un_cui_es_de_la_ley(clave, oracion):
    """mensajes.md §2."""
    assert f"| {oracion} |" in seccion(2)


@pytest.mark.parametrize(
    "aviso", [a for de_uno in AVISOS.values() for a in de_uno], ids=lambda a: a.plantilla
)
def test_cada_asunto_es_de_la_ley(aviso):
    """mensajes.md §8: of mails, and of what only the portal tells."""
    asunto = sin_datos(aviso.asunto)
    assert asunto == CON_PLAZO or f"| {asunto} |" in sin_datos(seccion(8))
