"""One word, one thing: what a name says in one file it says in every other."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

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


# What is stored, or what the outer contract calls so: columns, a setting, a command and its task.
DE_ARCHIVAR_CON_SU_NOMBRE = {"causa_archivo", "meses_archivo", "MESES_ARCHIVO", "enviar_avisos_archivo"}
# What makes of `archivo` the act, where a name says «aviso de …», «meses de …», «avisar del …».
DEL_ACTO = re.compile(
    r"(avis(o|os|ar)|causa|mes(es)?|plazo|dias?|reloj|espera|lote)_(de_|del_)?archivo(?!s)"
    r"|archivo_en_espera|desarchivo",
    re.IGNORECASE,
)


def test_archivo_es_un_objeto_y_archivado_el_acto():
    """A name that speaks of archiving says `archivado` or `archivar`; `archivo` is what a person loads."""
    otros = {
        f"{ruta}: {nombre}"
        for ruta, modulo in modulos(*PAQUETES, "tests", "bench")
        for nombre in {*_nombres(modulo), PurePosixPath(ruta).stem}
        if DEL_ACTO.search(_partido(nombre)) and nombre not in DE_ARCHIVAR_CON_SU_NOMBRE
    }
    assert otros == set()


def _nombres(modulo: ast.Module) -> Iterator[str]:
    """Every name that a file gives or uses."""
    for nodo in ast.walk(modulo):
        for campo in ("id", "attr", "name", "arg"):
            if isinstance(nombre := getattr(nodo, campo, None), str):
                yield nombre


def _partido(nombre: str) -> str:
    """`AvisoArchivo` as `Aviso_Archivo`, so that one pattern reads both."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", nombre)


# One in each app on purpose, under the name that Django or we look for it by.
EN_CADA_APP = {"Command", "TipoEvento"}


def test_cada_clase_tiene_un_nombre_suyo():
    """Whoever reads `Acto` or `Registro` need not ask which."""
    lugares = defaultdict(list)
    for ruta, modulo in modulos(*PAQUETES):
        for nodo in modulo.body:
            if isinstance(nodo, ast.ClassDef):
                lugares[nodo.name].append(ruta)
    repetidas = {n: rutas for n, rutas in lugares.items() if len(rutas) > 1 and n not in EN_CADA_APP}
    assert repetidas == {}
