"""Every rule that is listed has a test that shows it and names it in its docstring.

`tests/datos/marcas/<which>.txt` lists them: a file for each procedure, by its key, one for what they share,
one for the engine and one for security. Whoever adds a procedure adds its file and edits no other list.
"""

import re
from functools import cache

import pytest

from .codigo import RAIZ
from .test_especificacion import ANCLA, LEY, MARCA, Ley, escritos

LISTAS = sorted((RAIZ / "tests" / "datos" / "marcas").glob("*.txt"))
LISTADAS = [(lista.stem, marca) for lista in LISTAS for marca in lista.read_text(encoding="utf-8").split()]
# By its text and not its tree: parsing every test takes seconds.
DOCSTRING = re.compile(
    r'^ *def test_\w+\((?:[^"()]|\([^"()]*\))*\)[^:"\n]*:\n +"""(.*?)"""', re.MULTILINE | re.DOTALL
)

# Rules whose test waits: a stretch of others that have marks of their own, and copies that nobody makes yet.
SIN_PRUEBA = {"B1", "B2", "B3", "B4", "B5", "B6", "B7", "S48"}


def nombradas_en(texto: str) -> set[str]:
    """The marks in the docstrings of a module's tests."""
    return {marca for docstring in DOCSTRING.findall(texto) for marca in MARCA.findall(docstring)}


@cache
def nombradas() -> set[str]:
    """The marks that some test names."""
    pruebas = (
        texto for ruta, texto in escritos().items() if ruta.startswith("tests/") and ruta.endswith(".py")
    )
    return {marca for texto in pruebas for marca in nombradas_en(texto)}


@pytest.mark.parametrize(("lista", "marca"), LISTADAS)
def test_cada_requisito_tiene_quien_lo_muestre(lista: str, marca: str):
    """MO21: by list, so that what lacks a test says of which procedure it is."""
    assert marca in nombradas()


def test_cada_lista_es_de_marcas_de_la_ley_y_ninguna_se_repite():
    """MO21: a list that misspells a mark, or takes another's, is a fault of the list."""
    marcas = [marca for _lista, marca in LISTADAS]
    assert sorted(set(marcas) - Ley(escritos()).marcas) == []
    assert sorted(marcas) == sorted(set(marcas))
    assert {"invalidez", "motor", "familia", "seguridad"} <= {lista for lista, _marca in LISTADAS}


@pytest.mark.parametrize(
    ("codigo", "marcas"),
    [
        ('def test_x():\n    """JU3, MO21, S13: of two letters too."""', {"JU3", "MO21", "S13"}),
        ('def test_x():\n    """B3.1 and C4b."""', {"B3.1", "C4b"}),
        ('def ayuda():\n    """JU3."""', set()),
        ("def test_x():\n    x = 'JU3'  # JU3", set()),
        ('def test_x(a: X = f(1), *, b) -> None:\n    """S1:\n    and T2."""\n    "S3"', {"S1", "T2"}),
        ('def test_x():\n    pass\n\ndef ayuda():\n    """S4."""', set()),
    ],
)
def test_las_marcas_se_leen_de_los_docstrings_de_las_pruebas(codigo: str, marcas: set[str]):
    """MO21: prefixes of one letter or two; nothing but what a test says of itself."""
    assert nombradas_en(codigo) == marcas


@pytest.mark.parametrize(
    ("documento", "lista"), [("requisitos.md", "invalidez"), ("seguridad.md", "seguridad")]
)
def test_toda_regla_de_lo_que_hay_tiene_quien_la_pida(documento: str, lista: str):
    """A rule that is added to the law is asked for at once."""
    reglas = {m[1] for m in ANCLA.finditer(escritos()[LEY + documento])}
    assert reglas - SIN_PRUEBA == {marca for de, marca in LISTADAS if de == lista}
