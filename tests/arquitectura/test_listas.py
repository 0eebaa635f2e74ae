"""No list counts what it does not show nor skips rows to reach a page: it would cost more with each row."""

import ast
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cuentas.models import Usuario
from tests.arquitectura.codigo import PAQUETES, modulos
from tests.fabricas import CiudadanoFactory, GestionFactory, NotificacionFactory
from tests.tramites import escenas

# Where, and why it is bounded.
ACOTADAS = {
    "ceo_portal/demo": "the demo's generator, not a page",
    "notificaciones/vistas/correos.py:correos": "files of the demo",
    "notificaciones/consultas.py:sin_leer": "one person's unread, from a partial index",
    "notificaciones/correo/vigencia.py:no_vigentes": "the mails of one Gestión",
    "bitacora/management": "what verifies the whole log",
    "bitacora/verificacion.py:_sin_sellar": "the same",
    "mesa/vistas/exportar_bitacora.py:exportar": "an export reads all of it, and says how much",
    "tramites/acciones": "what one Gestión or one person holds, under its lock",
}


def _usos(ruta: str, modulo: ast.Module) -> list[str]:
    """Every `Paginator(…)` and every `.count()` without arguments, by the function where it stands."""
    return [
        f"{ruta}:{funcion.name}"
        for funcion in ast.walk(modulo)
        if isinstance(funcion, ast.FunctionDef)
        for nodo in ast.walk(funcion)
        if isinstance(nodo, ast.Call) and not nodo.args
        if isinstance(nodo.func, ast.Attribute) and nodo.func.attr == "count"
    ] + [
        f"{ruta}:{funcion.name}"
        for funcion in ast.walk(modulo)
        if isinstance(funcion, ast.FunctionDef)
        for nodo in ast.walk(funcion)
        if isinstance(nodo, ast.Name) and nodo.id == "Paginator"
    ]


def test_ninguna_lista_cuenta_ni_salta():
    usos = [uso for ruta, modulo in modulos(*PAQUETES) for uso in _usos(ruta, modulo)]
    assert [uso for uso in usos if not uso.startswith(tuple(ACOTADAS))] == []


@pytest.mark.parametrize(
    "codigo", ["def f(q):\n    return q.filter(a=1).count()", "def f(q):\n    return Paginator(q, 25)"]
)
def test_la_regla_de_las_listas_distingue(codigo):
    assert _usos("x.py", ast.parse(codigo)) == ["x.py:f"]
    assert _usos("x.py", ast.parse("def f(texto):\n    return texto.count('a')")) == []


# Counts inside the view's one query have their LIMIT or are of what somebody works off.
CONTAR_TODO = re.compile(r"COUNT\((?!\*\) FROM \()")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("papel", "direccion", "datos"),
    [
        *(("jefatura", "mesa", {"vista": vista}) for vista in ("por-asignar", "mias", "observadas")),
        *(("jefatura", "mesa", {"vista": vista}) for vista in ("admitidas", "archivadas", "todas")),
        ("jefatura", "mesa", {"vista": "todas", "orden": "numero-desc", "dias": 10}),
        ("jefatura", "mesa", {"vista": "todas", "reservadas": "on"}),
        ("jefatura", "mesa", {"vista": "todas", "estado": "ADMITIDA"}),
        ("jefatura", "mesa", {"vista": "todas", "q": "tzoc"}),
        ("jefatura", "borradores", {}),
        ("auditoria", "bitacora", {}),
        ("auditoria", "bitacora", {"tipo": "enviada"}),
        ("", "notificaciones", {}),
        ("", "solicitudes", {}),
    ],
)
def test_ninguna_lista_pide_offset_ni_cuenta_la_tabla(client, papel, direccion, datos):
    """What is asked of the database, page after page: a count has its LIMIT, or its partial index."""
    ahora = timezone.now()
    quien = escenas.analista(papel=papel) if papel else CiudadanoFactory()
    client.force_login(quien)
    for _ in range(30):
        GestionFactory(estado="ADMITIDA", recibida_en=ahora, admitida_en=ahora)
        GestionFactory(solicitante=CiudadanoFactory() if papel else quien)
        NotificacionFactory(destinatario=quien)
    pagina = ""
    for _ in range(2):
        with CaptureQueriesContext(connection) as hechas:
            respuesta = client.get(reverse(direccion), datos | {"pagina": pagina})
        assert respuesta.status_code == 200
        consultas = [q["sql"] for q in hechas]
        assert [sql for sql in consultas if "OFFSET" in sql] == []
        assert [sql for sql in consultas if CONTAR_TODO.search(sql) and "leida_en" not in sql] == []
        pagina = getattr(respuesta.context.get("pagina"), "siguiente", "")


@pytest.mark.django_db
@pytest.mark.parametrize("papel", [Usuario.Papel.ANALISTA, Usuario.Papel.JEFATURA, Usuario.Papel.AUDITORIA])
def test_los_borradores_solo_se_cuentan_para_quien_los_ve(client, papel):
    client.force_login(escenas.analista(papel=papel))
    with CaptureQueriesContext(connection) as hechas:
        client.get(reverse("mesa"))
    cuentan = [q["sql"] for q in hechas if '"recibida_en" IS NULL' in q["sql"]]
    assert bool(cuentan) is (papel == Usuario.Papel.JEFATURA)
