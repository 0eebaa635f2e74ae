"""Which procedures there are, which are published, and how a test lends one (MO16)."""

import ast
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.arquitectura.codigo import PAQUETES, RAIZ, modulos
from tramites import registro
from tramites.comprobaciones import publicados_conocidos


@pytest.fixture
def otro():
    return replace(registro.obtener("invalidez"), clave="otro", familia="Otras")


def test_lo_prestado_se_devuelve(otro):
    """MO20: on leaving, the registry is as it was; after a fault too."""
    antes = dict(registro._tramites)
    with registro.prestado(otro):
        assert registro.obtener("otro") is otro
        assert registro.todos()[-1] is otro
    assert registro._tramites == antes
    with pytest.raises(ZeroDivisionError), registro.prestado(otro):
        raise ZeroDivisionError
    assert registro._tramites == antes


def test_nadie_presta_lo_que_ya_hay():
    """Two procedures never answer to one key."""
    impostor = replace(registro.obtener("invalidez"), nombre="Otra")
    with pytest.raises(ValueError, match="ya está registrado"), registro.prestado(impostor):
        raise AssertionError
    assert registro.obtener("invalidez").nombre != "Otra"


def test_solo_las_pruebas_prestan():
    """What the portal knows is enrolled at start, and nothing else."""
    usos = [
        ruta
        for ruta, modulo in modulos(*PAQUETES)
        for nodo in ast.walk(modulo)
        if (isinstance(nodo, ast.Attribute) and nodo.attr == "prestado")
        or (isinstance(nodo, ast.alias) and nodo.name == "prestado")
    ]
    assert usos == []


def test_publicado_es_lo_que_dice_la_configuracion(otro, settings):
    """MO16: None is all; `obtener` knows them all the same."""
    with registro.prestado(otro):
        settings.TRAMITES_PUBLICADOS = None
        assert registro.publicados() == registro.todos()
        settings.TRAMITES_PUBLICADOS = ["otro"]
        assert registro.publicados() == (otro,)
        settings.TRAMITES_PUBLICADOS = []
        assert registro.publicados() == ()
        assert registro.obtener("otro") is otro


def test_las_familias_son_las_de_lo_publicado_y_la_primera_no_cambia_de_lugar(otro, settings):
    """MO13: «Pensiones» is «Mis Solicitudes» itself, whatever is published."""
    with registro.prestado(otro):
        settings.TRAMITES_PUBLICADOS = ["otro"]
        assert [(f.nombre, f.clave) for f in registro.familias()] == [("Pensiones", ""), ("Otras", "otras")]
        settings.TRAMITES_PUBLICADOS = ["invalidez"]
        assert [f.nombre for f in registro.familias()] == ["Pensiones"]
        assert registro.familia_de(otro).nombre == "Pensiones"


def test_en_produccion_solo_lo_confirmado_y_en_la_demostracion_todo():
    """MO16: unless the environment says other."""
    dice = "from ceo_portal.settings import base, demo as d; "
    dice += "print(base.TRAMITES_PUBLICADOS, d.TRAMITES_PUBLICADOS)"
    for entorno, dicho in (
        ({}, "['invalidez'] None"),
        ({"TRAMITES_PUBLICADOS": "invalidez,viudez"}, "['invalidez', 'viudez'] ['invalidez', 'viudez']"),
    ):
        proceso = subprocess.run(
            [sys.executable, "-c", dice], cwd=RAIZ, env=entorno, capture_output=True, text=True, check=True
        )
        assert proceso.stdout.strip() == dicho


def test_una_clave_mal_escrita_no_oculta_un_tramite_en_silencio(settings):
    """Bad configuration says what is wrong and what there is."""
    settings.TRAMITES_PUBLICADOS = ["invalidez", "invalides"]
    (falta,) = publicados_conocidos()
    assert falta.msg == "TRAMITES_PUBLICADOS: no hay trámite «invalides»."
    assert "invalidez" in falta.hint
    settings.TRAMITES_PUBLICADOS = None
    assert publicados_conocidos() == []
