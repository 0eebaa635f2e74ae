"""Production's processes on a PostgreSQL and a Redis of their own, to be stopped, frozen and emptied."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

import psycopg
import pytest
import redis as cliente_redis
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests import servicios
from tests.arquitectura.codigo import RAIZ

COMPOSICION = yaml.safe_load((RAIZ / "docker-compose.yml").read_text(encoding="utf-8"))
CLAVE = "Clave-de-prueba-2026"
CREAR = f"""
from allauth.account.models import EmailAddress
from tests.fabricas import CiudadanoFactory
persona = CiudadanoFactory(email="persona@demo.gt")
persona.set_password("{CLAVE}")
persona.save()
EmailAddress.objects.create(user=persona, email=persona.email, primary=True, verified=True)
"""


@dataclass
class Mundo:
    """The portal's web process, and who may be taken from under it."""

    entorno: dict[str, str]
    web: subprocess.Popen | None = None
    puerto: str = ""
    procesos: list[subprocess.Popen] = field(default_factory=list)
    redis_nuevo: subprocess.Popen | None = None

    @property
    def redis(self) -> cliente_redis.Redis:
        return cliente_redis.Redis.from_url(self.entorno["REDIS_URL"], socket_timeout=5)

    def morir_redis(self) -> None:
        """As a machine that goes: whoever had a connection finds it shut."""
        pid = self.redis.info()["process_id"]
        os.kill(pid, signal.SIGKILL)
        if self.redis_nuevo:
            self.redis_nuevo.wait()

    def volver_redis(self) -> None:
        """Another, empty, where that one was, for as long as these tests last."""
        puerto = urllib.parse.urlsplit(self.entorno["REDIS_URL"]).port
        orden = ["redis-server", "--port", str(puerto), "--save", ""]
        self.redis_nuevo = subprocess.Popen(orden, stdout=subprocess.DEVNULL, start_new_session=True)

    def sql(self, orden: str):
        with psycopg.connect(self.entorno["DATABASE_URL"], autocommit=True, connect_timeout=5) as conexion:
            cursor = conexion.execute(orden)
            return cursor.fetchone() if cursor.description else None

    def manage(self, *orden: str) -> None:
        subprocess.run([sys.executable, "manage.py", *orden], env=self.entorno, cwd=RAIZ, check=True)

    def lanzar(self, *orden: str, **variables: str) -> subprocess.Popen:
        proceso = subprocess.Popen(
            [sys.executable, "-m", *orden],
            env=self.entorno | variables,
            cwd=RAIZ,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=(Path(self.entorno["RUTA_VAR"]) / "registro").open("a"),
        )
        self.procesos.append(proceso)
        return proceso

    def servir(self, **variables: str) -> subprocess.Popen:
        """gunicorn with the portal's own configuration, answering."""
        self.puerto = str(servicios.puerto_libre())
        orden = ("gunicorn", "--config", "ceo_portal/gunicorn.py", "ceo_portal.wsgi")
        self.web = self.lanzar(*orden, PUERTO=self.puerto, **variables)
        servicios.esperar(lambda: self.pedir("/salud/viva/")[0] == 200)
        return self.web

    def pedir(self, ruta: str, abridor=None, **datos: str) -> tuple[int, str, float]:
        """Its status, its body and its seconds; 0 when nobody answers."""
        return self.mandar(ruta, urllib.parse.urlencode(datos).encode() if datos else None, abridor)

    def mandar(self, ruta: str, cuerpo: bytes | None, abridor=None, tipo: str = "") -> tuple[int, str, float]:
        """The same with that body, of that type."""
        antes = time.monotonic()
        abrir = abridor.open if abridor else urllib.request.urlopen
        peticion = urllib.request.Request(f"http://127.0.0.1:{self.puerto}{ruta}", cuerpo)
        if tipo:
            peticion.add_header("Content-Type", tipo)
        try:
            with abrir(peticion, timeout=30) as respuesta:
                return respuesta.status, respuesta.read().decode(), time.monotonic() - antes
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), time.monotonic() - antes
        except OSError:
            return 0, "", time.monotonic() - antes

    def trabajar(self, colas: str, **variables: str) -> subprocess.Popen:
        """The worker of those queues, as Compose starts it."""
        ordenes = (s.get("command", []) for s in COMPOSICION["services"].values())
        [orden] = [o for o in ordenes if f"--queues={colas}" in o]
        return self.lanzar(*orden, **variables)

    def terminar(self) -> None:
        for proceso in self.procesos:
            if proceso.poll() is None:
                os.killpg(proceso.pid, signal.SIGKILL)
            proceso.wait()
        self.procesos.clear()


class Visitante:
    """Somebody with a browser's cookies."""

    def __init__(self, mundo: Mundo) -> None:
        self.mundo = mundo
        self.abridor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ver(self, ruta: str) -> tuple[int, str, float]:
        return self.mundo.pedir(ruta, self.abridor)

    def enviar(self, ruta: str, **datos: str) -> tuple[int, str, float]:
        return self.mundo.pedir(ruta, self.abridor, **self._ocultos(ruta) | datos)

    def cargar(self, ruta: str, archivo: bytes) -> tuple[int, str, float]:
        """«Cargar archivo» with that PDF."""
        datos = self._ocultos(ruta) | {"archivo": SimpleUploadedFile("uno.pdf", archivo, "application/pdf")}
        return self.mundo.mandar(ruta, encode_multipart(BOUNDARY, datos), self.abridor, MULTIPART_CONTENT)

    def _ocultos(self, ruta: str) -> dict[str, str]:
        """What the forms of that page carry without being seen: their token, ficha and version."""
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.ver(ruta)[1]))


@pytest.fixture(scope="module")
def mundo(tmp_path_factory) -> Iterator[Mundo]:
    """Their services, their tables and one person, who can sign in."""
    Path(tempfile.gettempdir()).chmod(0o711)  # PostgreSQL's own user passes through
    with servicios.postgresql() as base, servicios.redis() as cola:
        entorno = {n: v for n, v in os.environ.items() if not n.startswith(("EMAIL_", "PYTEST_XDIST"))} | {
            "DJANGO_SETTINGS_MODULE": "ceo_portal.settings.recorridos",
            "DATABASE_URL": base,
            "REDIS_URL": cola,
            "RUTA_VAR": str(tmp_path_factory.mktemp("var")),
            "HILOS": "4",
        }
        mundo = Mundo(entorno)
        estaticos = ["collectstatic", "--noinput", "--verbosity=0"]
        for orden in (["migrate", "--verbosity=0"], estaticos, ["shell", "--no-imports", "-c", CREAR]):
            mundo.manage(*orden)
        yield mundo
        mundo.terminar()
        if mundo.redis_nuevo:
            mundo.redis_nuevo.kill()
            mundo.redis_nuevo.wait()


@pytest.fixture
def portal(mundo) -> Iterator[Mundo]:
    """The same, serving pages."""
    mundo.servir()
    yield mundo
    mundo.terminar()


@contextmanager
def congelado(*pids: int) -> Iterator[None]:
    """As a machine that hangs: it keeps its connections, and answers nothing."""
    _senalar(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _senalar(pids, signal.SIGCONT)


def _senalar(pids: tuple[int, ...], senal: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):  # a connection of the server's may have ended by itself
            os.kill(pid, senal)


def con_sus_hijos(pid: int) -> list[int]:
    """A process and those that it started."""
    return [pid, *(hijo for hijo, padre in _procesos() if padre == pid)]


def _procesos() -> Iterator[tuple[int, int]]:
    """Each process of the machine and its parent; one may end while it is looked at."""
    for estado in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            yield int(estado.parent.name), int(estado.read_text().rpartition(")")[2].split()[1])


def de_postgresql(mundo: Mundo) -> list[int]:
    """The server and each of its connections."""
    [carpeta] = mundo.sql("SHOW data_directory")
    return con_sus_hijos(int((Path(carpeta) / "postmaster.pid").read_text().split()[0]))
