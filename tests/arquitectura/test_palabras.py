"""One word, one thing: what a name says in one file it says in every other."""

import ast

from tests.arquitectura.codigo import PAQUETES, modulos


def _quien_escribe_el_registro(modulo: ast.Module) -> list[str]:
    """The names under which a file keeps the way to the technical log."""
    nombres = []
    for nodo in ast.walk(modulo):
        if isinstance(nodo, ast.Assign) and isinstance(nodo.value, ast.Call):
            llamada = ast.unparse(nodo.value.func).rsplit(".", 1)[-1]
            if llamada in ("getLogger", "get_logger"):
                nombres += [ast.unparse(destino) for destino in nodo.targets]
    return nombres


def test_el_registro_tecnico_se_escribe_por_logger():
    """`registro` is the registry of procedures and `bitacora` the log that the law asks for."""
    otros = {
        ruta: nombres
        for ruta, modulo in modulos(*PAQUETES)
        if (nombres := [nombre for nombre in _quien_escribe_el_registro(modulo) if nombre != "logger"])
    }
    assert otros == {}
