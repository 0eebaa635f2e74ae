"""«Continuar» costs as few queries as it can, whatever the Gestión holds (rendimiento.md, P2)."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.tramites import escenas
from tramites.acciones.guarda import con_candado

from .test_dos_pestanas import formulario

AJENAS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
OTRAS = ('"bitacora_', '"django_session"', '"notificaciones_')
# The Gestión with its form in force, and again under its lock, with its answers; and what is written.
PROPIAS = [
    "tramites_gestion",
    "tramites_gestion",
    "tramites_respuestapaso",
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


def test_si_alguien_escribio_entre_tanto_no_vale_lo_que_se_leyo_antes(titular):
    """The form in force that the request found may be void under the lock, or another: it is read again."""
    leida = escenas.hasta_documentos(titular)
    assert leida.formulario_vigente
    escenas.guardar(leida, "beneficiario", profesion="OTRA")
    with transaction.atomic():
        assert con_candado(leida.numero, titular, leida).formulario_vigente is None
    otra = escenas.hasta_documentos(titular)
    with transaction.atomic():
        assert con_candado(otra.numero, titular, otra).formulario_vigente == otra.formulario_vigente


def test_al_anular_el_formulario_deja_de_estar_vigente_en_la_misma_peticion(cliente, titular, paso):
    """What was read before the lock is voided under it: the next page asks for steps 4 and 5 again."""
    gestion = escenas.hasta_documentos(titular)
    ruta = paso(gestion, "beneficiario")
    enviado = formulario(cliente.get(ruta)) | {"profesion": "OTRA", "accion": "continuar", "volver": "1"}
    assert cliente.post(ruta, enviado).headers["Location"] == paso(gestion, "acta")
