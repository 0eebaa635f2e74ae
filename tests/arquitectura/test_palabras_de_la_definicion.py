"""MO14: the engine, the desk and the notices say nothing of any procedure; its definition does."""

import ast
import re
from pathlib import PurePosixPath

import pytest

from .codigo import RAIZ, modulos, rastreados

PAQUETES = ("tramites", "mesa", "papeles", "notificaciones")
PLANTILLAS = tuple(f"templates/{sala}/" for sala in ("tramites", "notificaciones", "componentes", "paginas"))
GUIONES = "static/js/"
DE_UN_TRAMITE = re.compile(
    r"invalidez|viudez|orfandad|jubila|causante|\bIGSS\b|dictamen|tutel|siete pasos|pasos 4 y 5"
    r"|documento 1\b|\bPensiones\b",
    re.IGNORECASE,
)
# The one word of a family that is the engine's: the default of `Tramite.familia`.
EXCEPCIONES = {("tramites/definicion.py", "Pensiones")}


def cadenas(modulo: ast.Module) -> list[tuple[int, str]]:
    """Each string of a module but its docstrings."""
    docstrings = {
        id(nodo.body[0].value)
        for nodo in ast.walk(modulo)
        if isinstance(nodo, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and nodo.body
        and isinstance(nodo.body[0], ast.Expr)
    }
    return [
        (nodo.lineno, nodo.value)
        for nodo in ast.walk(modulo)
        if isinstance(nodo, ast.Constant) and isinstance(nodo.value, str) and id(nodo) not in docstrings
    ]


def test_ninguna_cadena_del_motor_nombra_un_tramite():
    """MO14: names, papers and numbers of a procedure come from its definition; migrations apart."""
    hallados = [
        (f"{ruta}:{linea}", texto)
        for ruta, modulo in modulos(*PAQUETES)
        if "migrations" not in PurePosixPath(ruta).parts
        for linea, texto in cadenas(modulo)
        if DE_UN_TRAMITE.search(texto) and (ruta, texto) not in EXCEPCIONES
    ]
    assert hallados == []


def test_ninguna_plantilla_ni_guion_comun_nombra_un_tramite():
    """MO14: neither what every page shares, the cover and the help included."""
    hallados = [
        (ruta, hallada.group())
        for ruta in rastreados()
        if ruta.startswith((*PLANTILLAS, GUIONES)) and ruta.endswith((".html", ".txt", ".svg", ".js"))
        for hallada in DE_UN_TRAMITE.finditer((RAIZ / ruta).read_text(encoding="utf-8"))
    ]
    assert hallados == []


@pytest.mark.parametrize(
    ("texto", "de_uno"),
    [
        ("El dictamen", True),
        ("Afiliación al IGSS", True),
        ("los pasos 4 y 5", True),
        ("Documento 1", True),
        ("documento 12", False),
        ("SIGSSA", False),
        ("la pensión", False),
    ],
)
def test_la_regla_de_las_palabras_distingue(texto, de_uno):
    assert bool(DE_UN_TRAMITE.search(texto)) is de_uno


def test_los_docstrings_no_cuentan():
    assert cadenas(ast.parse('"""Invalidez."""\ndef f():\n    """IGSS."""\n    return "x"')) == [(4, "x")]
