"""`reglas.permisos.MATRIZ` is what it says: the only place where who-may-what is written, and all ask it."""

import ast
from collections.abc import Iterator

import pytest

from tests.arquitectura.codigo import modulos
from tests.arquitectura.matriz import SIN_FILA
from tramites.reglas.permisos import MATRIZ

PREGUNTAS = {"exigir", "exigir_papel", "exigir_vista", "puede", "tiene_papel", "papeles_con"}
DONDE = ("tramites/", "mesa/", "notificaciones/")
# What an action asks, where its row has another name.
FILA = {
    "leer_expediente": "leer",
    "leer_impreso": "constancia",
    "asentar_datos": "datos_internos",
    "leer_acta": "confirmar_enterado",
    "guardar_con_candado": "guardar_paso",
    "tomar_siguiente": "tomar",
    "exportar_bitacora": "bitacora",
}
SIN_PREGUNTAR = SIN_FILA - {"exportar_bitacora"}
# Who hears of an act is no permission, and neither is what the log calls a role.
DE_AVISOS = ("notificaciones/", "tramites/consultas/historial.py")


def _funciones(*raices: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for ruta, modulo in modulos("tramites", "mesa", "notificaciones"):
        if ruta.startswith(raices):
            yield from ((ruta, n) for n in ast.walk(modulo) if isinstance(n, ast.FunctionDef))


def _llamadas(nodo: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for n in ast.walk(nodo):
        if isinstance(n, ast.Call):
            yield ast.unparse(n.func).split(".")[-1], n


def _pedidas(nodo: ast.AST) -> set[str]:
    """The rows that it asks, by their names as they are written."""
    return {
        c.value
        for nombre, llamada in _llamadas(nodo)
        if nombre in PREGUNTAS
        for argumento in llamada.args
        for c in ast.walk(argumento)
        if isinstance(c, ast.Constant) and isinstance(c.value, str)
    }


def _de_todas(nombre: str, por_nombre: dict[str, ast.FunctionDef], vistas: set[str]) -> set[str]:
    """The rows that a function asks, itself or by the rules and actions that it calls."""
    if nombre in vistas or nombre not in por_nombre:
        return set()
    vistas.add(nombre)
    suyas = _pedidas(por_nombre[nombre])
    return suyas.union(*(_de_todas(n, por_nombre, vistas) for n, _ in _llamadas(por_nombre[nombre])))


def _acciones() -> dict[str, ast.FunctionDef]:
    """Those that somebody does at a moment: public, by keywords, with `actor` and `ahora`."""
    return {
        nodo.name: nodo
        for _ruta, nodo in _funciones("tramites/acciones/", "notificaciones/")
        if not nodo.name.startswith("_") and {"actor", "ahora"} <= {a.arg for a in nodo.args.kwonlyargs}
    }


def test_cada_accion_pide_su_fila():
    """matriz.md §1 «guarda común de toda acción»: role and state, by the row that bears its name."""
    por_nombre = {
        n.name: n for _, n in _funciones("tramites/acciones/", "tramites/reglas/", "notificaciones/")
    }
    sin_pedir = {
        accion
        for accion in _acciones().keys() - SIN_PREGUNTAR
        if FILA.get(accion, accion) not in _de_todas(accion, por_nombre, set())
    }
    assert sin_pedir == set()


def test_cada_fila_la_pide_alguien_y_nadie_pide_otra():
    """A row that nobody asks decides nothing; a name that is no row is a fault on the first call."""
    pedidas = set().union(*(_pedidas(n) for _, n in _funciones(*DONDE)))
    assert pedidas == set(MATRIZ)


def test_ningun_papel_se_nombra_fuera_de_la_tabla():
    """Who may is asked by the row, never by the role: the table could not change alone."""
    nombrados = [
        f"{ruta}:{n.lineno} {ast.unparse(n)}"
        for ruta, modulo in modulos("tramites", "mesa")
        if not ruta.startswith(("tramites/reglas/permisos.py", "tramites/migrations/", *DE_AVISOS))
        for n in ast.walk(modulo)
        if isinstance(n, ast.Attribute) and n.attr in ("papel", "Papel")
    ]
    assert nombrados == []


@pytest.mark.parametrize(
    ("codigo", "pedida"),
    [
        ('exigir(gestion, actor, "tomar", version)', True),
        ('permisos.exigir(gestion, actor, "a" if x else "tomar")', True),
        ("exigir(gestion, actor, accion)", False),
        ('print("tomar")', False),
    ],
)
def test_la_regla_distingue(codigo, pedida):
    assert ("tomar" in _pedidas(ast.parse(codigo))) is pedida
