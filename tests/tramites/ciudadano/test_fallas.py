"""An address of what the procedure lacks does not exist; lacking it inside an act is a fault of ours."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import campos
from tramites.definicion import NoDefinido
from tramites.models import VersionFormulario


@pytest.fixture
def navegador(titular) -> Client:
    """The owner's browser, which sees the page of a fault instead of its traceback."""
    navegador = Client(raise_request_exception=False)
    navegador.force_login(titular)
    return navegador


def _falla(*_args, **_kwargs):
    raise NoDefinido("una llave que la definición no tiene")


@pytest.mark.parametrize("metodo", ["get", "post"])
@pytest.mark.parametrize(("nombre", "lugar"), [("paso", "no-existe"), ("archivos", 99), ("sustituir", 99)])
def test_el_paso_o_renglon_que_no_existe_es_404(navegador, titular, metodo, nombre, lugar):
    """S14: an address that names it."""
    gestion = escenas.observada(titular)
    assert getattr(navegador, metodo)(reverse(nombre, args=[gestion.numero, lugar])).status_code == 404


@pytest.mark.parametrize("metodo", ["get", "post"])
@pytest.mark.parametrize(
    ("nombre", "lugar"), [("juzgar_paso", "no-existe"), ("juzgar_paso", "acta"), ("juzgar_renglon", 99)]
)
def test_en_la_mesa_tambien(titular, metodo, nombre, lugar):
    """S14: of the desk's addresses, for whoever judges; a step without data is not judged."""
    ana = escenas.analista()
    gestion = escenas.tomada(titular, ana)
    navegador = Client(raise_request_exception=False)
    navegador.force_login(ana)
    assert getattr(navegador, metodo)(reverse(nombre, args=[gestion.numero, lugar])).status_code == 404


@pytest.mark.parametrize("falta", [NoDefinido("x"), VersionFormulario.DoesNotExist("x")])
def test_lo_que_falta_dentro_de_un_acto_es_una_falla_y_queda_escrita(
    navegador, titular, monkeypatch, caplog, falta
):
    """A definition or a row that an act misses is nobody's wrong address: 500, in the technical log."""

    def romper(*_args, **_kwargs):
        raise falta

    gestion = escenas.con_archivos(titular)
    ventana = campos(navegador.get(reverse("enviar", args=[gestion.numero])))
    monkeypatch.setattr("tramites.acciones.enviar.registrar_envio", romper)
    datos = {campo: ventana[campo] for campo in ("ficha", "version")}
    with caplog.at_level(logging.ERROR, "django.request"):
        respuesta = navegador.post(reverse("enviar", args=[gestion.numero]), datos)
    assert respuesta.status_code == 500
    assert any(r.exc_info and r.exc_info[0] is type(falta) for r in caplog.records)


def test_en_la_mesa_la_falla_de_un_acto_tampoco_es_404(titular, monkeypatch):
    """The same of what the office does."""
    ana = escenas.analista()
    gestion = escenas.enviada_sin_papeles(titular)
    navegador = Client(raise_request_exception=False)
    navegador.force_login(ana)
    monkeypatch.setattr("tramites.acciones.tomar.entregar", _falla)
    assert navegador.post(reverse("tomar", args=[gestion.numero])).status_code == 500
