"""An action, its file, its page and its tests share a name: from any of them a reader finds the others."""

import ast
from pathlib import PurePosixPath

from tests.arquitectura.codigo import RAIZ, modulos

ACCIONES = "tramites/acciones/"
# What the actions share is none: the locks, and the one way in which the papers are kept.
NINGUNA = {"__init__", "guarda", "imprimir"}
# Shown where they are seen, and not alone.
PROBADAS_EN = {
    "anotar_busqueda": "tests/mesa/test_busqueda.py",
    "asignar": "tests/tramites/acciones/test_tomar.py",
    "cerrar_dias": "tests/tramites/test_cifras.py",
    "denunciar_perdido": "tests/tramites/test_archivo_perdido.py",
    "exportar_bitacora": "tests/mesa/test_bitacora.py",
    "leer_acta": "tests/tramites/ciudadano/test_acta_y_notificado.py",
    "leer_impreso": "tests/mesa/test_archivos.py",
}
# Pages that do more than one, and what each does.
DE_VARIAS = {
    "tramites": {"crear"},  # «+ Nueva Solicitud», from the procedure's page
    "pasos": {"leer_acta", "confirmar_enterado"},  # one address for every step
    "enviar": {"enviar", "reenviar"},  # one window, the first time and after a previo
    "archivos": {"imprimir", "denunciar_perdido"},
    "titular": {"denunciar_perdido"},
    "personal": {"denunciar_perdido"},
}


def _acciones() -> dict[str, ast.Module]:
    return {
        PurePosixPath(ruta).stem: modulo for ruta, modulo in modulos("tramites") if ruta.startswith(ACCIONES)
    }


def test_cada_accion_es_un_archivo_con_su_nombre():
    """One mutation, one file."""
    sin_suya = {
        nombre
        for nombre, modulo in _acciones().items()
        if nombre not in {n.name for n in modulo.body if isinstance(n, ast.FunctionDef)}
    }
    assert sin_suya == NINGUNA


def test_cada_accion_tiene_sus_pruebas_con_su_nombre():
    """`acciones/x.py` is shown in `acciones/test_x.py`, or where the table says."""
    sin_pruebas = {a for a in _acciones() if not (RAIZ / "tests/tramites/acciones" / f"test_{a}.py").exists()}
    assert sin_pruebas == PROBADAS_EN.keys() | {"__init__", "guarda"}
    assert [p for p in PROBADAS_EN.values() if not (RAIZ / p).exists()] == []


def test_cada_pagina_se_llama_como_lo_que_hace():
    """A page that does an act bears its name; those of several are named above."""
    ajenas = {}
    for ruta, modulo in modulos("tramites", "mesa"):
        pagina = PurePosixPath(ruta)
        if pagina.parent.name != "vistas":
            continue
        hace = {
            (nodo.module or "").removeprefix("tramites.acciones.")
            for nodo in ast.walk(modulo)
            if isinstance(nodo, ast.ImportFrom) and (nodo.module or "").startswith("tramites.acciones.")
            if any(alias.name.islower() for alias in nodo.names)
        }
        if otras := hace - DE_VARIAS.get(pagina.stem, {pagina.stem}):
            ajenas[ruta] = otras
    assert ajenas == {}
