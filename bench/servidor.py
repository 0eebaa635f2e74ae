"""gunicorn with the portal's own configuration, for what one process by itself cannot show."""

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from bench.navegador import Navegador
from tests.servicios import esperar, puerto_libre

PACIENCIA_S = 15
RAIZ = Path(__file__).parent.parent
DEL_PORTAL = ("--config", "ceo_portal/gunicorn.py", "ceo_portal.wsgi")
DE_FABRICA = ("--worker-class", "gthread", "--threads", "8", "--timeout", "60", "ceo_portal.wsgi")


@dataclass
class Servidor:
    """A gunicorn that answers at `puerto`."""

    puerto: int
    proceso: subprocess.Popen[bytes]

    def conexion(self) -> http.client.HTTPConnection:
        """A connection of one's own, kept open; past `PACIENCIA_S` without an answer, TimeoutError."""
        return http.client.HTTPConnection("127.0.0.1", self.puerto, timeout=PACIENCIA_S)

    def megas_de(self, campo: str = "Rss") -> float:
        """MB that its workers have: `Rss`, or `Private_Clean` and `Private_Dirty` together as `Uss`."""
        return sum(_megas(hijo, campo) for hijo in _hijos(self.proceso.pid))


@contextmanager
def servidor(
    orden: tuple[str, ...] = DEL_PORTAL, salud: str = "/salud/viva/", **variables: str
) -> Iterator[Servidor]:
    """Over the database in use; `variables` are of its environment."""
    puerto, base = puerto_libre(), connection.settings_dict
    direccion = f"postgres://{base['USER']}@{base['HOST']}:{base['PORT']}/{base['NAME']}"
    entorno = os.environ | {"DATABASE_URL": direccion, "PUERTO": str(puerto)} | variables
    proceso = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{puerto}", *orden],
        env=entorno,
        cwd=RAIZ,
        stdout=subprocess.DEVNULL,
    )
    try:
        este = Servidor(puerto, proceso)
        esperar(lambda: _contesta(este, salud))
        yield este
    finally:
        proceso.terminate()
        proceso.wait(timeout=60)


def latencias(este: Servidor, quien: Navegador, ruta: str, segundos: float) -> list[float]:
    """Seconds of each request of one person who asks for that page again and again."""
    conexion, medidas, fin = este.conexion(), [], time.monotonic() + segundos
    while time.monotonic() < fin:
        antes = time.perf_counter()
        conexion.request("GET", ruta, headers={"Cookie": quien.galletas})
        respuesta = conexion.getresponse()
        respuesta.read()
        if respuesta.status != 200:
            raise RuntimeError(f"{ruta}: {respuesta.status}")
        medidas.append(time.perf_counter() - antes)
    conexion.close()
    return medidas


def p95(medidas: list[float]) -> float:
    """The ninety-fifth percentile."""
    return sorted(medidas)[min(len(medidas) - 1, int(len(medidas) * 0.95))]


@contextmanager
def a_la_vez(*trabajos: threading.Thread) -> Iterator[None]:
    """Those threads while the block lasts; they end by themselves when told to."""
    for hilo in trabajos:
        hilo.start()
    try:
        yield
    finally:
        for hilo in trabajos:
            hilo.join()


def _contesta(este: Servidor, salud: str) -> bool:
    try:
        conexion = este.conexion()
        conexion.request("GET", salud)
        return conexion.getresponse().status == 200
    except OSError:
        return False


def _hijos(pid: int) -> list[int]:
    return [int(h) for h in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _megas(pid: int, campo: str) -> float:
    texto = Path(f"/proc/{pid}/smaps_rollup").read_text()
    campos = ("Private_Clean", "Private_Dirty") if campo == "Uss" else (campo,)
    return sum(int(re.findall(rf"^{c}:\s+(\d+)", texto, re.MULTILINE)[0]) for c in campos) / 1024
