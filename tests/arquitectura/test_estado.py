"""Only `tramites/acciones/` changes a Gestión's `estado`, read over the syntax tree."""

import ast

import pytest

from tests.arquitectura.codigo import PAQUETES, modulos
from tramites.models import Gestion

TRANSICIONES = {t.name for t in Gestion._meta.get_field("estado").get_all_transitions(Gestion)}
ESCRITURAS = {"update", "create", "get_or_create", "update_or_create", "Gestion"}


def _importados(modulo: ast.Module) -> set[str]:
    return {
        (alias.asname or alias.name).split(".")[0]
        for nodo in ast.walk(modulo)
        if isinstance(nodo, ast.Import | ast.ImportFrom)
        for alias in nodo.names
    }


def _conoce_gestiones(ruta: str, modulo: ast.Module) -> bool:
    # Other apps have an `estado` of their own (a mail's); what matters there is who holds a Gestión.
    return ruta.startswith("tramites/") or any(
        isinstance(nodo, ast.ImportFrom) and (nodo.module or "").startswith("tramites")
        for nodo in ast.walk(modulo)
    )


def _cambios(modulo: ast.Module) -> list[str]:
    """What in the file would change a state: assignments, writes in bulk, transitions."""
    importados = _importados(modulo)
    return [
        f"línea {nodo.lineno}: {ast.unparse(nodo)}"
        for nodo in ast.walk(modulo)
        if _asigna(nodo) or (isinstance(nodo, ast.Call) and _escribe(nodo, importados))
    ]


def _asigna(nodo: ast.AST) -> bool:
    destinos = getattr(nodo, "targets", None) or [getattr(nodo, "target", None)]
    es_asignacion = isinstance(nodo, ast.Assign | ast.AugAssign | ast.AnnAssign)
    return es_asignacion and any(isinstance(d, ast.Attribute) and d.attr == "estado" for d in destinos)


def _escribe(llamada: ast.Call, importados: set[str]) -> bool:
    nombre = llamada.func.attr if isinstance(llamada.func, ast.Attribute) else getattr(llamada.func, "id", "")
    literales = {nodo.value for a in llamada.args for nodo in ast.walk(a) if isinstance(nodo, ast.Constant)}
    literales |= {
        nodo.value
        for clave in llamada.keywords
        if clave.arg is None
        for nodo in ast.walk(clave.value)
        if isinstance(nodo, ast.Constant)
    }
    if nombre in ESCRITURAS:
        return "estado" in literales | {clave.arg for clave in llamada.keywords}
    if nombre in {"setattr", "bulk_update"}:
        return "estado" in literales
    return nombre in TRANSICIONES and not _es_de_modulo(llamada.func, importados)


def _es_de_modulo(funcion: ast.expr, importados: set[str]) -> bool:
    # `enviar.enviar(…)`, `acciones.enviar(…)`: the action itself, which is the allowed way.
    while isinstance(funcion, ast.Attribute):
        funcion = funcion.value
    return isinstance(funcion, ast.Name) and funcion.id in importados


def test_hay_transiciones_que_vigilar():
    assert "enviar" in TRANSICIONES


def test_solo_las_acciones_cambian_el_estado():
    """S21, S22: one road to each transition, with its permission and its event."""
    hallados = {
        ruta: cambios
        for ruta, modulo in modulos(*PAQUETES)
        if not ruta.startswith("tramites/acciones/") and _conoce_gestiones(ruta, modulo)
        if (cambios := _cambios(modulo))
    }
    assert hallados == {}


@pytest.mark.parametrize(
    ("codigo", "cambia"),
    [
        ("gestion.estado = 'RECIBIDA'", True),
        ("a.b, c = 1, 2", False),
        ("Gestion.objects.filter(pk=1).update(estado='X')", True),
        ("Gestion.objects.update(**{'estado': 'X'})", True),
        ("Gestion.objects.create(estado='X')", True),
        ("Gestion(estado='X')", True),
        ("setattr(gestion, 'estado', 'X')", True),
        ("Gestion.objects.bulk_update(filas, ['estado'])", True),
        ("gestion.enviar(ahora)", True),
        ("from tramites.acciones import enviar\nenviar.enviar(numero=1)", False),
        ("from tramites import acciones\nacciones.enviar(numero=1)", False),
        ("from tramites.acciones import enviar\nenviar(numero=1)", False),
        ("Gestion.objects.filter(estado='X')", False),
        ("estado = gestion.estado", False),
    ],
)
def test_la_regla_del_estado_distingue(codigo, cambia):
    assert bool(_cambios(ast.parse(codigo))) is cambia
