"""Every requirement is shown by some test, which names it in its docstring (requisitos.md)."""

import ast
import re

import pytest

from .codigo import modulos

MARCAS = """
A0 A1 A2 A3 A4 A5 A6 A7
B0 B00
B1.1 B2.1 B2.2 B2.3 B2.4 B2.5 B2.6 B2.7 B3.1 B3.2 B4.1 B4.2 B4.3 B4.4 B5.1 B5.2 B5.3 B5.4
B6.1 B6.2 B6.3 B6.4 B6.5 B6.6 B6.7 B7.1 B7.2 B7.3 B7.4 B7.5 B7.6 B7.7
C1 C2 C3 C4 C4b C5 C6 C7 C8 C9 C10 C11
D1 D1b D2 D3 E1 E2 E3 E4 E5 E6 E7 E8 E9
F1 F2 F3 F4 F5 F6 F7 F8 FB0 FB1 FB2 FB3 FB4 FB5 FB6
"""
MARCA = re.compile(r"\b(?:FB\d+|[A-F]\d+[a-z]?(?:\.\d+)?)\b")


@pytest.fixture(scope="module")
def nombradas() -> set[str]:
    """The marks in the docstrings of the tests."""
    return {
        marca
        for _ruta, arbol in modulos("tests")
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.FunctionDef) and nodo.name.startswith("test_")
        for marca in MARCA.findall(ast.get_docstring(nodo) or "")
    }


@pytest.mark.parametrize("marca", MARCAS.split())
def test_cada_requisito_tiene_quien_lo_muestre(nombradas: set[str], marca: str):
    assert marca in nombradas
