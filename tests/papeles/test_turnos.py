"""The children are few at a time, whoever starts them, and whoever waits gets its turn or a sentence (P9)."""

import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from papeles import aislado
from papeles import inspeccionar as modulo
from papeles.inspeccionar import PdfRechazado, inspeccionar
from papeles.turnos import SinTurno, turno

from .conftest import LIMITES
from .muestras import documento

# It tells how many of its kind were at work, itself included.
QUE_CUENTA = """
import json, os, time
propio = os.path.join({carpeta!r}, str(os.getpid()))
os.mkdir(propio)
time.sleep(0.1)
cuantos = len(os.listdir({carpeta!r}))
os.rmdir(propio)
print(json.dumps(dict(paginas=cuantos, reparado=False)))
"""
# Another program that takes a turn, says so and keeps it until it is killed.
QUE_RETIENE = """
import fcntl, sys
archivo = open(sys.argv[1], "w")
fcntl.flock(archivo, fcntl.LOCK_EX)
print(flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def turnos(settings, tmp_path):
    settings.RUTA_TURNOS = tmp_path / "turnos"
    settings.PDF_HIJOS = 2
    return settings.RUTA_TURNOS


def ocupado() -> bool:
    try:
        with turno(0):
            return False
    except SinTurno:
        return True


def test_a_la_vez_trabajan_los_que_caben_y_los_demas_esperan(tmp_path, monkeypatch):
    """S7, P9: ten at once, two children; all ten get their verdict."""
    carpeta = tmp_path / "trabajan"
    carpeta.mkdir()
    guion = tmp_path / "hijo.py"
    guion.write_text(QUE_CUENTA.format(carpeta=str(carpeta)))
    monkeypatch.setattr(modulo, "HIJO", guion)
    limites = replace(LIMITES, espera=60)
    with ThreadPoolExecutor(10) as hilos:
        tareas = [hilos.submit(inspeccionar, io.BytesIO(documento()), limites=limites) for _ in range(10)]
    cuentas = [tarea.result().paginas for tarea in tareas]
    assert len(cuentas) == 10
    assert max(cuentas) == 2


def test_cuentan_los_de_otros_procesos_y_un_muerto_suelta_su_turno(settings, turnos):
    """P9: the bound is of the machine; nobody has to tidy up after a killed process."""
    settings.PDF_HIJOS = 1
    turnos.mkdir()
    orden = [sys.executable, "-I", "-S", "-c", QUE_RETIENE, str(turnos / "0")]
    with subprocess.Popen(orden, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as otro:
        assert otro.stdout.readline() == b"\n"
        assert ocupado()
        with pytest.raises(PdfRechazado) as rechazo:
            inspeccionar(io.BytesIO(documento()), limites=replace(LIMITES, espera=0))
        assert rechazo.value.clave == "sin_espacio"
        otro.kill()
    assert inspeccionar(io.BytesIO(documento()), limites=LIMITES).paginas == 1


def test_un_hijo_huerfano_aun_cuenta(settings, tmp_path):
    """P9: when a server is killed its child still works, and no pile of them grows by restarting it."""
    settings.PDF_HIJOS = 1
    guion = tmp_path / "hijo.py"
    guion.write_text("import os, time; os.write(1, b'%d ' % os.getpid()); time.sleep(60)")
    lee, escribe = os.pipe()
    servidor = os.fork()
    if not servidor:
        with aislado.hijo(guion, io.BytesIO(documento()), {}, espera=5) as hijo:
            os.write(escribe, hijo.stdout.read1())
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(servidor, 0)
    huerfano = int(os.read(lee, 20))
    assert ocupado()
    os.kill(huerfano, signal.SIGKILL)
    with turno(10):
        pass


def test_el_turno_se_devuelve_tambien_si_algo_falla(settings):
    """P9: a fault while the child works keeps no turn."""
    settings.PDF_HIJOS = 1
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turno(0):
            raise ZeroDivisionError
    assert not ocupado()


def test_sin_carpeta_de_turnos_no_hay_quinientos(settings, tmp_path):
    """P9: a folder that cannot be made is a sentence too."""
    (tmp_path / "archivo").write_text("")
    settings.RUTA_TURNOS = tmp_path / "archivo" / "turnos"
    with pytest.raises(PdfRechazado) as rechazo:
        inspeccionar(io.BytesIO(documento()), limites=LIMITES)
    assert rechazo.value.clave == "sin_espacio"


def test_quien_espera_no_espera_sin_fin(settings):
    """P9: past its time, `SinTurno`."""
    settings.PDF_HIJOS = 1
    inicio = time.monotonic()
    with turno(0), pytest.raises(SinTurno), turno(0.2):
        pass
    assert time.monotonic() - inicio >= 0.2
