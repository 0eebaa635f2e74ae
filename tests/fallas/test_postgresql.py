"""PostgreSQL restarted in silence or frozen, and more threads at once than it had connections."""

import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import servicios
from tests.fallas.conftest import CLAVE, Visitante, congelado, de_postgresql

pytestmark = [pytest.mark.postgresql, pytest.mark.redis]
SUYAS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"""


def test_las_conexiones_muertas_no_llegan_a_ninguna_pagina(portal):
    """Ended one by one, with the whole server, and after it was away: 200 at the first try."""
    visita = Visitante(portal)
    visita.enviar("/cuenta/ingresar/", login="persona@demo.gt", password=CLAVE)
    with ThreadPoolExecutor(24) as hilos:
        estados = list(hilos.map(lambda _: visita.ver("/tablero/")[0], range(48)))
    assert set(estados) == {200}, "the pool fits the threads"
    portal.sql(SUYAS)
    assert [visita.ver("/tablero/")[0] for _ in range(6)] == [200] * 6
    [carpeta] = portal.sql("SHOW data_directory")
    orden = [servicios.programa_pg("pg_ctl"), "-D", carpeta, "-w", "-m", "immediate", "restart"]
    orden = ["runuser", "-u", "postgres", "--", *orden] if _soy_root() else orden
    subprocess.run(orden, stdout=subprocess.DEVNULL, cwd="/", check=True)
    listo = portal.pedir("/salud/lista/")[0]
    assert listo == 200, "it does not say 503 once"
    assert [visita.ver("/tablero/")[0] for _ in range(6)] == [200] * 6


def test_congelada_lo_dice_a_tiempo_y_viva_no_depende_de_ella(portal):
    """S47: neither hangs; and who watches with a browser's cookie is told the same."""
    visita = Visitante(portal)
    visita.enviar("/cuenta/ingresar/", login="persona@demo.gt", password=CLAVE)
    assert visita.ver("/salud/lista/")[:2] == (200, "lista\n")
    with congelado(*de_postgresql(portal)):
        for _ in range(3):
            estado, cuerpo, segundos = visita.ver("/salud/lista/")
            assert (estado, cuerpo) == (503, "no disponible\n")
            assert segundos < 3
            assert visita.ver("/salud/viva/")[:2] == (200, "viva\n")
    assert visita.ver("/salud/lista/")[0] == 200
    assert visita.ver("/tablero/")[0] == 200


def _soy_root() -> bool:
    return subprocess.run(["id", "-u"], capture_output=True, text=True, check=True).stdout.strip() == "0"
