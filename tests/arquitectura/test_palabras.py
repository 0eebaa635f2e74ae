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


def test_los_formularios_terminan_en_form():
    """Django's own term: `Previo` is a row, `PrevioForm` asks for one."""
    otras = [
        f"{ruta}: {clase.name}"
        for ruta, modulo in modulos(*PAQUETES, "tests", "bench")
        for clase in ast.walk(modulo)
        if isinstance(clase, ast.ClassDef) and _es_formulario(clase) and not clase.name.endswith("Form")
    ]
    assert otras == []


def _es_formulario(clase: ast.ClassDef) -> bool:
    """Whether it comes of a form: all of ours and of the libraries' are called so, up to Django's own."""
    return any(ast.unparse(base).endswith("Form") for base in clase.bases)
