"""The two questions that whoever watches the service asks."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from notificaciones.models import Correo
from tests.fabricas import CorreoFactory

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


@pytest.mark.django_db
def test_con_el_almacen_perdido_no_dice_lista(client, settings, tmp_path):
    """An uploaded file would have nowhere to go: missing, or with no room."""
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path / "no-montado"}}
    }
    assert client.get("/salud/lista/").status_code == 503
    (tmp_path / "no-montado").mkdir()
    assert client.get("/salud/lista/").status_code == 200


@pytest.mark.django_db
def test_sin_espacio_en_el_almacen_no_dice_lista(client, monkeypatch):
    monkeypatch.setattr("ceo_portal.salud.LIBRE_MINIMO", 2**62)
    assert client.get("/salud/lista/").status_code == 503


@pytest.mark.django_db
def test_con_correos_de_hace_dos_horas_no_dice_lista(client):
    """Worker and clock dead: nobody is told of anything, though pages are served."""
    correo = CorreoFactory()
    assert client.get("/salud/lista/").status_code == 200
    Correo.objects.filter(pk=correo.pk).update(proximo_intento_en=timezone.now() - timedelta(hours=2))
    assert client.get("/salud/lista/").status_code == 503


def test_viva_no_toca_ni_la_sesion_de_quien_pregunta(client):
    """In an outage, looking for the session of the cookie was a 500: here there is no database at all."""
    client.cookies["sessionid"] = "una-sesion-cualquiera-de-treinta-y-dos"
    assert client.get("/salud/viva/").status_code == 200
