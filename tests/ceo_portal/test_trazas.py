"""The technical log says what happened, never to whom."""

import io
import json
import logging

import pytest
import structlog

from ceo_portal.trazas import FormatoJson, PeticionMiddleware, tachar


@pytest.fixture
def linea():
    """What the formatter writes for a record."""
    salida = io.StringIO()
    manejador = logging.StreamHandler(salida)
    manejador.setFormatter(FormatoJson())
    registrador = logging.getLogger("prueba.trazas")
    registrador.addHandler(manejador)
    registrador.setLevel(logging.INFO)
    yield salida.getvalue
    registrador.removeHandler(manejador)


@pytest.mark.parametrize(
    ("texto", "queda"),
    [
        ("cui=1600325470202 repetido", "cui=[CUI] repetido"),
        ("q=1600 32547 0202", "q=[CUI]"),
        ("q=1600%20325470202", "q=[CUI]"),
        ("(ciudadana1@demo.gt) already exists", "([correo]) already exists"),
        ("GET /cuenta/confirmar/MQ:1abcDEF-ghi_jklmnop/", "GET /cuenta/confirmar/[llave]/"),
        ("GET /cuenta/recuperar/1-c8xk2p-0a1b2c3d4e5f/", "GET /cuenta/recuperar/[llave]/"),
        ("GET /cuenta/ingresar/", "GET /cuenta/ingresar/"),
        ("Gestión 100347, 250 ms", "Gestión 100347, 250 ms"),
    ],
)
def test_se_tacha_lo_que_nombra_a_una_persona_o_abre_su_cuenta(texto, queda):
    """S45: no CUI, addresses nor tokens in logs."""
    assert tachar(texto) == queda


def test_un_registro_es_un_objeto_json_en_una_linea(linea):
    """S45: CR and LF are encoded: nobody forges a line."""
    structlog.get_logger("prueba.trazas").warning("algo", dato="uno\r\n{'level':'info'}")
    assert linea().count("\n") == 1
    registro = json.loads(linea())
    assert (registro["event"], registro["level"], registro["dato"]) == (
        "algo",
        "warning",
        "uno\r\n{'level':'info'}",
    )


def test_un_error_lleva_su_rastro_sin_los_datos(linea):
    """S45: what the database says of a repeated CUI names nobody."""
    try:
        raise ValueError("Key (cui)=(1600325470202) already exists")
    except ValueError:
        logging.getLogger("prueba.trazas").exception("falló")
    registro = json.loads(linea())
    assert "Traceback" in registro["exception"]
    assert "1600325470202" not in linea()


@pytest.mark.parametrize(
    ("direccion", "se_escribe"),
    [
        ("/solicitudes/?q=ROSALINDA", "GET /solicitudes/"),
        ("/gestiones/7/", "GET /gestiones/<int:numero>/"),
        ("/no-existe/ROSALINDA/", "GET /(desconocida)"),
    ],
)
def test_de_una_peticion_se_escribe_la_ruta_y_no_la_direccion(rf, direccion, se_escribe):
    """S45: searches and addresses may hold names."""
    assert PeticionMiddleware.format_request(rf.get(direccion)) == se_escribe
