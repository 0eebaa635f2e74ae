"""The two questions that whoever watches the service asks."""

import pytest
from django.core.cache import cache
from django.db import connection

NEUTRO = b"no disponible\n"


def test_viva_responde_sin_base_de_datos(client):
    """S47: alive is about the process alone."""
    respuesta = client.get("/salud/viva/")
    assert (respuesta.status_code, respuesta.content) == (200, b"viva\n")


@pytest.mark.django_db
def test_lista_prueba_la_base_y_la_cache(client):
    respuesta = client.get("/salud/lista/")
    assert (respuesta.status_code, respuesta.content) == (200, b"lista\n")
    assert "no-store" in respuesta["Cache-Control"]


def _base_caida(execute, sql, params, many, context):
    raise connection.Database.OperationalError("el servidor db.interno no responde")


@pytest.mark.django_db
def test_sin_base_dice_503_y_nada_mas(client):
    """S47: neutral text, whatever broke."""
    with connection.execute_wrapper(_base_caida):
        respuesta = client.get("/salud/lista/")
    assert (respuesta.status_code, respuesta.content) == (503, NEUTRO)


@pytest.mark.django_db
def test_sin_cache_dice_503_y_nada_mas(client, monkeypatch):
    """S47: a cache that forgets is a cache that fails."""
    monkeypatch.setattr(cache, "get", lambda *a, **k: None)
    respuesta = client.get("/salud/lista/")
    assert (respuesta.status_code, respuesta.content) == (503, NEUTRO)


@pytest.mark.django_db
def test_toda_pagina_lleva_sus_cabeceras_de_seguridad(client):
    """S33: frame-ancestors 'none', nosniff, referrer, CSP without unsafe-inline."""
    respuesta = client.get("/")
    politica = respuesta["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in politica
    assert "unsafe-inline" not in politica
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert respuesta["X-Frame-Options"] == "DENY"
    assert respuesta["Referrer-Policy"] == "same-origin"
