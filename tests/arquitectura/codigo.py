"""The project's own files, as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
PAQUETES = (
    "ceo_portal",
    "cuentas",
    "territorio",
    "escritura",
    "bitacora",
    "papeles",
    "tramites",
    "mesa",
    "previsión",
    "notificaciones",
)


@cache
def rastreados() -> tuple[str, ...]:
    """Every path that git keeps or is about to, relative to the root."""
    orden = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    salida = subprocess.run(orden, cwd=RAIZ, capture_output=True, check=True).stdout
    return tuple(ruta for ruta in salida.decode().split("\0") if ruta and (RAIZ / ruta).exists())


def modulos(*paquetes: str) -> Iterator[tuple[str, ast.Module]]:
    """(path, tree) of each Python file of those packages, migrations aside."""
    for ruta in rastreados():
        if ruta.endswith(".py") and ruta.split("/")[0] in paquetes and "/migrations/" not in ruta:
            yield ruta, arbol(ruta)


@cache
def arbol(ruta: str) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse((RAIZ / ruta).read_text(encoding="utf-8"), ruta)


def plantillas() -> Iterator[tuple[str, str]]:
    """(path, text) of each template that a page is made of."""
    for ruta in rastreados():
        if ruta.startswith("templates/") and ruta.endswith(".html"):
            yield ruta, (RAIZ / ruta).read_text(encoding="utf-8")
