"""The demo's process, started for real: pages, jobs and a clean stop, with no other service."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from selectors import DefaultSelector
from types import SimpleNamespace

import pytest

from ceo_portal import recepcion
from ceo_portal.recepcion import Hilos
from tests.arquitectura.codigo import RAIZ
from tests.servicios import puerto_libre

ESPERA_S = 40


@pytest.fixture(scope="module")
def entorno(tmp_path_factory) -> dict[str, str]:
    """A demo of its own: folder, port, database with its tables and a mail that nobody sent."""
    limpio = {n: v for n, v in os.environ.items() if n not in {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"}}
    entorno = limpio | {
        "DJANGO_SETTINGS_MODULE": "ceo_portal.settings.demo",
        "RUTA_VAR": str(tmp_path_factory.mktemp("var")),
        "PUERTO": str(puerto_libre()),
    }
    _python(entorno, "manage.py", "migrate", "--verbosity=0")
    orden = "from tests.fabricas import CorreoFactory; CorreoFactory()"
    _python(entorno, "manage.py", "shell", "--no-imports", "-c", orden)
    return entorno


@pytest.fixture
def proceso(entorno) -> Iterator[subprocess.Popen]:
    """gunicorn with the portal's own configuration, answering."""
    orden = [sys.executable, "-m", "gunicorn", "--config", "ceo_portal/gunicorn.py", "ceo_portal.wsgi"]
    canales = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    # A group of its own, so that the signal reaches all of it, as Ctrl+C does.
    proceso = subprocess.Popen(orden, env=entorno, cwd=RAIZ, start_new_session=True, **canales)
    _esperar(lambda: _responde(entorno["PUERTO"]))
    yield proceso
    proceso.kill()
    proceso.wait()


def test_lo_que_se_leyo_es_de_todos_los_procesos(proceso):
    """What a process has for itself is what it worked with: code and tables are the one's that made it."""
    [hijo] = Path(f"/proc/{proceso.pid}/task/{proceso.pid}/children").read_text().split()
    campos = dict(
        linea.split()[:2] for linea in Path(f"/proc/{hijo}/smaps_rollup").read_text().splitlines()[1:]
    )
    propio = int(campos["Private_Clean:"]) + int(campos["Private_Dirty:"])
    assert propio < int(campos["Rss:"]) / 2


@pytest.mark.parametrize("orden_de_fin", [signal.SIGINT, signal.SIGTERM])
def test_sirve_trabaja_y_se_detiene_limpiamente(proceso, entorno, orden_de_fin):
    """The worker lives in the process and, at the start, sends what a stopped one left behind."""
    correos = Path(entorno["RUTA_VAR"]) / "correos"
    _esperar(lambda: any(correos.glob("*.eml")))
    os.killpg(proceso.pid, orden_de_fin)
    dicho, _ = proceso.communicate(timeout=ESPERA_S)
    assert proceso.returncode == 0
    assert "Traceback" not in dicho
    assert f"http://localhost:{entorno['PUERTO']}" in dicho
    assert "Demo-CEO-2026" in dicho


def test_solo_escucha_en_esta_maquina(proceso, entorno):
    """Bound to 127.0.0.1, known by both names."""
    assert _conecta("127.0.0.1", entorno["PUERTO"])
    assert not _conecta("127.0.0.2", entorno["PUERTO"])  # what 0.0.0.0 would answer


def _conecta(direccion: str, puerto: str) -> bool:
    with socket.socket() as enchufe:
        return enchufe.connect_ex((direccion, int(puerto))) == 0


def _python(entorno: dict[str, str], *orden: str) -> None:
    subprocess.run([sys.executable, *orden], env=entorno, cwd=RAIZ, check=True)


def _responde(puerto: str) -> bool:
    try:
        return all(
            urllib.request.urlopen(f"http://{host}:{puerto}/salud/lista/", timeout=5).status == 200
            for host in ("localhost", "127.0.0.1")
        )
    except OSError:  # refused, reset or slow: a busy machine is not a failed one
        return False


def _esperar(condicion) -> None:
    limite = time.monotonic() + ESPERA_S
    while not condicion():
        assert time.monotonic() < limite, "no llegó a tiempo"
        time.sleep(0.1)


def test_lo_que_se_acopia_de_todos_tiene_un_tope(monkeypatch):
    """Bodies on their way are kept in memory or in /tmp: past the bound the last to grow is refused."""
    monkeypatch.setattr(recepcion, "ACOPIO_MAXIMO", 10_000)
    trabajador = Hilos.__new__(Hilos)
    trabajador.poller, trabajador.pending_conns, trabajador.nr_conns = DefaultSelector(), deque(), 0
    cuerpo = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + b"x" * 6_000
    with ExitStack() as abiertos:
        suyos = []
        for _ in range(2):
            suyo, nuestro = (abiertos.enter_context(e) for e in socket.socketpair())
            suyo.settimeout(5)
            conexion = SimpleNamespace(sock=nuestro, close=nuestro.close)
            trabajador._esperar(conexion)
            trabajador.nr_conns += 1
            suyo.sendall(cuerpo)
            trabajador._recibir(conexion, nuestro)
            suyos.append(suyo)
        assert suyos[1].recv(100).startswith(b"HTTP/1.1 503")
        assert trabajador.nr_conns == len(trabajador.pending_conns) == 1
        trabajador.poller.close()


@pytest.mark.parametrize(
    ("silencio", "en_total", "vence"),
    [
        (1, recepcion.PETICION_S - 1, False),
        (1, recepcion.PETICION_S + 1, True),
        (recepcion.SILENCIO_S + 1, 60, True),
    ],
    ids=["a tiempo", "un byte de vez en cuando", "en silencio"],
)
def test_una_peticion_tiene_su_tiempo_aunque_no_calle(silencio, en_total, vence):
    """A byte a second is no way to hold a socket for ever."""
    llega = recepcion.Recepcion()
    llega.desde, llega.ultimo = 0.0, float(en_total - silencio)
    assert llega.vencida(float(en_total)) is vence
