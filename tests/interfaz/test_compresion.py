"""Pages travel compressed, and nobody learns a secret from how long they are (BREACH)."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from tests.tramites import escenas

pytestmark = pytest.mark.django_db
PROPIO = "http://testserver/tablero/"


@pytest.fixture
def navegador() -> Client:
    cliente = Client()
    cliente.force_login(escenas.titular())
    return cliente


def pedir(navegador, url="", **encabezados):
    return navegador.get(url or reverse("tablero"), headers={"Accept-Encoding": "gzip"} | encabezados)


@pytest.mark.parametrize(
    "encabezados",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": PROPIO, "Host": "testserver"},
    ],
)
def test_las_paginas_viajan_comprimidas(navegador, encabezados):
    respuesta = pedir(navegador, **encabezados)
    assert respuesta["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in respuesta["Vary"]
    assert "Tablero" in gzip.decompress(respuesta.content).decode()


@pytest.mark.parametrize(
    ("consulta", "encabezados"),
    [
        ("", {"Sec-Fetch-Site": "cross-site"}),
        ("", {"Sec-Fetch-Site": "same-site"}),
        ("", {"Referer": "https://otro.example/"}),
        ("?q=secreto", {}),
        ("?q=secreto", {"Referer": "https://otro.example/http://testserver/"}),
    ],
)
def test_lo_que_pide_otro_sitio_viaja_entero(navegador, consulta, encabezados):
    """An attacker who repeats a guess sees no compressed length."""
    respuesta = pedir(navegador, reverse("solicitudes") + consulta, **encabezados)
    assert "Content-Encoding" not in respuesta
    assert "Mis Solicitudes" in respuesta.content.decode()


def test_la_ficha_y_el_largo_cambian_en_cada_respuesta(navegador):
    """What could be guessed is never twice the same, nor is the length."""
    paginas = [pedir(navegador) for _ in range(12)]
    fichas = {gzip.decompress(p.content).split(b'csrfmiddlewaretoken" value="')[1][:64] for p in paginas}
    assert len(fichas) == len(paginas)
    assert len({len(p.content) for p in paginas}) > 1


def test_lo_que_no_es_texto_viaja_como_esta(navegador):
    """A PDF keeps its length, for a part of it to be asked for."""
    gestion = escenas.nueva(escenas.titular())
    documento = escenas.adjuntar(gestion, 2)
    navegador.force_login(gestion.solicitante)
    respuesta = pedir(navegador, reverse("documento", args=[gestion.numero, documento.pk]))
    assert "Content-Encoding" not in respuesta
    assert int(respuesta["Content-Length"]) == len(respuesta.getvalue()) == documento.archivo.size
