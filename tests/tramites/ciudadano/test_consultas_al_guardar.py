"""«Continuar» costs as few queries as it can, whatever the Gestión holds (rendimiento.md, P2)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tramites import escenas

from .test_dos_pestanas import formulario

AJENAS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
OTRAS = ('"bitacora_', '"django_session"', '"notificaciones_')
# The Gestión, and again under its lock, with its answers and its forms; and what is written.
PROPIAS = [
    "tramites_gestion",
    "tramites_gestion",
    "tramites_respuestapaso",
    "tramites_versionformulario",
    "tramites_respuestapaso",
    "tramites_gestion",
]


def tablas(capturadas) -> list[str]:
    """The table of each query, without those of transactions, the log, the session and the notices."""
    dichas = [c["sql"] for c in capturadas]
    propias = [s for s in dichas if not s.startswith(AJENAS) and not any(t in s for t in OTRAS)]
    return [s.replace("UPDATE ", "FROM ").partition("FROM ")[2].split('"')[1] for s in propias]


@pytest.mark.parametrize("archivos", [0, 12])
def test_continuar_lee_una_vez_bajo_el_candado_y_escribe_dos_filas(cliente, titular, paso, archivos):
    gestion = escenas.hasta_acta(titular)
    for _ in range(archivos):
        escenas.adjuntar(gestion, 2)
    ruta = paso(gestion, "beneficiario")
    enviado = formulario(cliente.get(ruta)) | {"profesion": "OTRA", "accion": "continuar"}
    with CaptureQueriesContext(connection) as captura:
        assert cliente.post(ruta, enviado).status_code == 302
    assert tablas(captura.captured_queries) == PROPIAS


def test_con_errores_cuesta_lo_mismo(cliente, titular, paso):
    """And the page that tells them asks for nothing that was not read."""
    gestion = escenas.hasta_acta(titular)
    ruta = paso(gestion, "beneficiario")
    enviado = formulario(cliente.get(ruta)) | {"telefono": "12", "accion": "continuar"}
    with CaptureQueriesContext(connection) as captura:
        assert cliente.post(ruta, enviado).status_code == 200
    assert tablas(captura.captured_queries) == PROPIAS
