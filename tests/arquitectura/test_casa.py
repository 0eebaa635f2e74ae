"""The shape of the house: names at the root, names refused, imports, and what is only reported."""

import ast
import re
import unicodedata
import warnings
from pathlib import PurePosixPath

import pytest

from tests.arquitectura.codigo import PAQUETES, RAIZ, arbol, modulos, plantillas, rastreados

EN_LA_RAIZ = {
    "manage.py",
    "ceo_portal",
    "tramites",
    "previsión",
    "notificaciones",
    "templates",
    "static",
    "tests",
    "pyproject.toml",
    "docker-compose.yml",
    "README.md",
}
CAJONES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "comunes",
    "utilidades",
    "ayudantes",
    "varios",
}
LINEAS_DE_ARCHIVO = 400
LINEAS_DE_FUNCION = 50
# The file, and what alone it may import inside a function.
IMPORTES_DENTRO = {"papeles/generar.py": "weasyprint"}

EN_LINEA = re.compile(
    r"<script(?![^>]*\ssrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)


def test_los_once_nombres_del_proyecto_estan_en_la_raiz():
    """The eleven names that the project's shape fixes."""
    assert {ruta.split("/")[0] for ruta in rastreados()} >= EN_LA_RAIZ


def test_no_hay_cajones_de_sastre():
    """A helper lives with the noun it serves."""
    assert [
        ruta for ruta in rastreados() if CAJONES & {parte.split(".")[0] for parte in ruta.split("/")}
    ] == []


def test_toda_ruta_rastreada_es_nfc():
    """`previsión` is one name on every file system."""
    assert [ruta for ruta in rastreados() if not unicodedata.is_normalized("NFC", ruta)] == []


def test_nada_de_esta_maquina_ni_de_la_demostracion_queda_en_git():
    """S46: no environment file nor uploads in the repository."""
    prohibidos = re.compile(r"(^|/)(\.env|var|staticfiles|\.venv)(/|$)|\.(sqlite3|eml|p12)$")
    assert [ruta for ruta in rastreados() if prohibidos.search(ruta)] == []


def _importes_dentro(ruta: str, modulo: ast.Module) -> list[str]:
    hallados = []
    for funcion in ast.walk(modulo):
        if not isinstance(funcion, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if ruta.endswith("apps.py") and funcion.name == "ready":
            continue
        for nodo in ast.walk(funcion):
            if isinstance(nodo, ast.Import | ast.ImportFrom):
                nombre = nodo.names[0].name if isinstance(nodo, ast.Import) else nodo.module or "."
                if nombre.split(".")[0] != IMPORTES_DENTRO.get(ruta):
                    hallados.append(f"{ruta}:{nodo.lineno} {nombre}")
    return hallados


def test_ningun_importe_se_esconde_en_una_funcion():
    """Except in AppConfig.ready() and for WeasyPrint."""
    hallados = [h for ruta, modulo in modulos(*PAQUETES, "tests") for h in _importes_dentro(ruta, modulo)]
    assert hallados == []


@pytest.mark.parametrize(
    ("ruta", "codigo", "permitido"),
    [
        ("tramites/x.py", "def f():\n    import os", False),
        ("tramites/x.py", "class A:\n    def ready(self):\n        from . import b", False),
        ("tramites/apps.py", "class A:\n    def ready(self):\n        from . import b", True),
        ("papeles/generar.py", "def f():\n    from weasyprint import HTML", True),
        ("papeles/generar.py", "def f():\n    import os", False),
    ],
)
def test_la_regla_de_los_importes_distingue(ruta, codigo, permitido):
    assert (_importes_dentro(ruta, ast.parse(codigo)) == []) is permitido


@pytest.mark.parametrize("ruta", ["previsión/validadores.py", "territorio/cui.py", "tramites/asistente.py"])
def test_las_reglas_puras_no_importan_el_orm(ruta):
    """One function a rule, provable without a database."""
    importados = {
        nombre
        for nodo in ast.walk(arbol(ruta))
        if isinstance(nodo, ast.Import | ast.ImportFrom)
        for nombre in (
            [nodo.module or ""] if isinstance(nodo, ast.ImportFrom) else [alias.name for alias in nodo.names]
        )
    }
    assert not {n for n in importados if n.startswith("django.db") or n.endswith("models")}


def test_ninguna_plantilla_lleva_guion_ni_estilo_dentro():
    """S26: what lets the CSP go without `unsafe-inline`. Mails have no style sheet but the inline one."""
    hallados = [
        (ruta, m.group())
        for ruta, texto in plantillas()
        if not ruta.startswith("templates/notificaciones/correo/")
        for m in EN_LINEA.finditer(texto)
    ]
    assert hallados == []


@pytest.mark.parametrize(
    ("html", "prohibido"),
    [
        ("<script>x()</script>", True),
        ("<script type='module'>x()</script>", True),
        ('<script src="{% static "js/a.js" %}" defer></script>', False),
        ('<p style="color:red">', True),
        ("<a onclick='x()'>", True),
        ('<a href="javascript:x()">', True),
        ('<p class="estado">{% if condicion == "x" %}', False),
    ],
)
def test_la_regla_de_lo_escrito_en_linea_distingue(html, prohibido):
    assert bool(EN_LINEA.search(html)) is prohibido


def test_lo_muy_largo_se_dice():
    """Reported, not failed: files over 400 lines, functions over 50."""
    for ruta, modulo in modulos(*PAQUETES):
        ultima = modulo.body[-1].end_lineno if modulo.body else 0
        if ultima > LINEAS_DE_ARCHIVO:
            warnings.warn(f"{ruta}: {ultima} líneas", stacklevel=1)
        for nodo in ast.walk(modulo):
            if isinstance(nodo, ast.FunctionDef) and nodo.end_lineno - nodo.lineno >= LINEAS_DE_FUNCION:
                warnings.warn(
                    f"{ruta}: {nodo.name}, {nodo.end_lineno - nodo.lineno + 1} líneas", stacklevel=1
                )


def test_cada_modulo_dice_para_que_es():
    """A module's docstring: one line at its head."""
    sin_decir = [
        ruta
        for ruta, modulo in modulos(*PAQUETES)
        if modulo.body and not ast.get_docstring(modulo) and PurePosixPath(ruta).name != "__init__.py"
    ]
    assert sin_decir == []


def test_el_motor_no_conoce_la_ley_de_ninguna_pension():
    """The law by which a pension is granted is declared by its procedure, in `previsión`."""
    ley = re.compile(r"63-88|1220-88|Clases Pasivas")
    motor = [r for r in rastreados() if r.startswith(("tramites/", "papeles/", "templates/tramites/"))]
    textos = {r: (RAIZ / r).read_text(encoding="utf-8") for r in motor if r.endswith((".py", ".html"))}
    assert [ruta for ruta, texto in textos.items() if ley.search(texto)] == []
