"""Redis away, frozen or emptied: no page fails or waits for it, and what it was owed is swept (S38, D2)."""

import os
import signal
import subprocess
from uuid import uuid4

import pytest

from tests import servicios
from tests.fallas.conftest import CLAVE, Mundo, Visitante, congelado

# Two seconds a page, and what a busy machine adds.
TOPE_S = 6
pytestmark = [pytest.mark.postgresql, pytest.mark.redis]


def todo_responde(mundo: Mundo) -> None:
    """Pages, sign-in, recovery, the public check and the Tablero of whoever signed in."""
    visita = Visitante(mundo)
    pasos = [
        ("/", {}),
        ("/verificar/", {"codigo": "ABCD-EFGH-JKLM"}),
        ("/cuenta/recuperar/", {"email": f"{uuid4().hex}@demo.gt"}),
        ("/cuenta/ingresar/", {"login": "persona@demo.gt", "password": CLAVE}),
        ("/tablero/", {}),
    ]
    for ruta, datos in pasos:
        estado, cuerpo, segundos = visita.enviar(ruta, **datos) if datos else visita.ver(ruta)
        assert estado < 500, (ruta, estado)
        assert estado != 429, ruta
        assert segundos < TOPE_S, (ruta, segundos)
    assert "Mis Solicitudes" in cuerpo, "the person got in"


def test_congelado_vaciado_o_fuera_las_paginas_siguen(portal):
    """SIGSTOP, FLUSHALL and SIGKILL, one after the other, and the demands wait for the sweep."""
    cliente = portal.redis
    todo_responde(portal)
    cliente.flushall()
    todo_responde(portal)
    with congelado(cliente.info()["process_id"]):
        estado, cuerpo, segundos = portal.pedir("/salud/lista/")
        assert (estado, cuerpo) == (503, "no disponible\n")
        assert segundos < 3
        todo_responde(portal)
    servicios.esperar(lambda: portal.pedir("/salud/lista/")[0] == 200)
    todo_responde(portal)
    [pendientes] = portal.sql("SELECT count(*) FROM cuentas_recuperacion")
    assert pendientes == 4, "each demand is in its row, whoever was told of it"
    puerto, pid = cliente.connection_pool.connection_kwargs["port"], cliente.info()["process_id"]
    os.kill(pid, signal.SIGKILL)
    todo_responde(portal)
    assert portal.pedir("/salud/lista/")[0] == 503
    orden = ["redis-server", "--port", str(puerto), "--save", ""]
    portal.procesos.append(subprocess.Popen(orden, stdout=subprocess.DEVNULL, start_new_session=True))
    servicios.esperar(lambda: portal.pedir("/salud/lista/")[0] == 200)
    todo_responde(portal)
