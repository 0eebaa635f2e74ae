"""The documents stay true to the house: every path that they name exists, and every link leads somewhere."""

import posixpath
import re
from collections.abc import Iterator
from functools import cache

import pytest

from .codigo import RAIZ, rastreados

# What tells the past, and the procedures that are still to come, name what is not here.
NO_SON_MAPAS = ("CHANGELOG.md", "docs/especificacion/familia/")
DE_CADA_MAQUINA = re.compile(
    r"(var|anclas|documentos|staticfiles|\.venv|\.tools)(/|$)|despliegue/nginx/tls|ultima\.txt$|\.\./$"
)
ENLACE = re.compile(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)")
ENTRE_ACENTOS = re.compile(r"`([^`\n]+)`")
EXTENSION = re.compile(r"\.(py|html|md|css|js|txt|sql|toml|yml|csv|conf|sh|svg|png)$")
RUTA = re.compile(r"[\wáéíóúñ.*<>{},-]+(?:/[\wáéíóúñ.*<>{},-]+)*/?")


@cache
def lugares() -> frozenset[str]:
    """Every file and folder of the repository, by its whole path and by each of its endings."""
    enteros = {
        "/".join(partes[:n])
        for ruta in rastreados()
        for partes in [ruta.split("/")]
        for n in range(1, len(partes) + 1)
    }
    return frozenset(
        "/".join(partes[n:]) for lugar in enteros for partes in [lugar.split("/")] for n in range(len(partes))
    )


def mapas() -> Iterator[tuple[str, str]]:
    """(path, text) of each document that says where things are, its examples of commands aside."""
    for ruta in rastreados():
        if ruta.endswith(".md") and not ruta.startswith(NO_SON_MAPAS):
            texto = (RAIZ / ruta).read_text(encoding="utf-8")
            yield ruta, re.sub(r"^```.*?^```", "", texto, flags=re.DOTALL | re.MULTILINE)


def rutas_nombradas(texto: str) -> set[str]:
    """What stands between backquotes and is a path: it ends as a file or a folder, or begins at the root."""
    raices = {ruta.split("/")[0] for ruta in rastreados()}
    nombradas = {palabra for palabra in ENTRE_ACENTOS.findall(texto) if RUTA.fullmatch(palabra)}
    return {
        palabra
        for palabra in nombradas
        if EXTENSION.search(palabra)
        or palabra.endswith("/")
        or ("/" in palabra and palabra.split("/")[0] in raices)
    }


def existe(palabra: str) -> bool:
    """`<x>` and `*` stand for any name, `{a,b}` for both."""
    if DE_CADA_MAQUINA.match(palabra):
        return True
    if llaves := re.search(r"\{([^}]*)\}", palabra):
        opciones = llaves[1].split(",")
        return all(existe(palabra.replace(llaves.group(), opcion.strip())) for opcion in opciones)
    lugar = palabra.rstrip("/")
    if not re.search(r"[<*]", lugar):
        return lugar in lugares()
    patron = re.compile(re.sub(r"<[^>]*>|\\\*", "[^/]*", re.escape(lugar)))
    return any(patron.fullmatch(candidato) for candidato in lugares())


def faltas(ruta: str, texto: str) -> list[str]:
    """The links and paths of a document that lead nowhere."""
    carpeta = posixpath.dirname(ruta)
    enlaces = {m for m in ENLACE.findall(texto) if "://" not in m and not m.startswith("mailto:")}
    rotos = {e for e in enlaces if not (RAIZ / posixpath.normpath(posixpath.join(carpeta, e))).exists()}
    return sorted(f"{ruta}: {x}" for x in rotos | {p for p in rutas_nombradas(texto) if not existe(p)})


def test_toda_ruta_que_un_documento_nombra_existe():
    """Whoever follows a recipe finds its files where it says."""
    assert [falta for ruta, texto in mapas() for falta in faltas(ruta, texto)] == []


@pytest.mark.parametrize(
    ("texto", "rota"),
    [
        ("`tramites/definicion.py`, `definicion.py`, `tramites/acciones/`, `acciones/`", ""),
        ("`templates/prevision/<clave>/`, `docs/decisiones/0001-*.md`, `docs/{recetas,decisiones}/`", ""),
        ("`/revision/`, `text/html`, `America/Guatemala`, `a | b`, `var/ceo.sqlite3`", ""),
        ("[x](docs/arquitectura.md) [y](https://example.org/z.md) [z](README.md#start)", ""),
        ("`tramites/no_esta.py`", "tramites/no_esta.py"),
        ("`no_esta/`", "no_esta/"),
        ("`tests/no_esta`", "tests/no_esta"),
        ("`docs/{recetas,no_esta}/`", "docs/{recetas,no_esta}/"),
        ("`templates/no_esta/<clave>/`", "templates/no_esta/<clave>/"),
        ("[x](docs/no_esta.md)", "docs/no_esta.md"),
    ],
)
def test_la_regla_de_las_rutas_distingue(texto, rota):
    """A path that leads nowhere, alone, by a pattern or by a link."""
    assert faltas("X.md", texto) == ([f"X.md: {rota}"] if rota else [])
