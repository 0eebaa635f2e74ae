"""The private PostgreSQL and Redis of `./portal test`: started, used and removed by the run itself."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

# Speed over durability: the cluster lives as long as the run.
POSTGRESQL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"
ESPERA_S = 30


def puerto_libre() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return enchufe.getsockname()[1]


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL cluster in a temporary folder; yields its DATABASE_URL."""
    initdb, pg_ctl = programa_pg("initdb"), programa_pg("pg_ctl")
    puerto = puerto_libre()
    with _carpeta("ceo-pg-") as carpeta:
        datos = carpeta / "datos"
        # PostgreSQL refuses to run as root.
        como = []
        if os.geteuid() == 0:
            shutil.chown(carpeta, "postgres", "postgres")
            como = ["runuser", "-u", "postgres", "--"]
        _callado(
            *como, initdb, "-D", datos, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"
        )
        opciones = f"-p {puerto} -k {carpeta} -c listen_addresses=127.0.0.1 {POSTGRESQL}"
        _callado(*como, pg_ctl, "-D", datos, "-w", "-l", carpeta / "registro", "-o", opciones, "start")
        try:
            yield f"postgres://postgres@127.0.0.1:{puerto}/postgres"
        finally:
            _callado(*como, pg_ctl, "-D", datos, "-m", "immediate", "stop")


@contextmanager
def redis() -> Iterator[str]:
    """A Redis that keeps nothing on disk; yields its REDIS_URL."""
    puerto = puerto_libre()
    with _carpeta("ceo-redis-") as carpeta:
        orden = ["redis-server", "--port", str(puerto), "--bind", "127.0.0.1", "--save", "", "--dir", carpeta]
        proceso = subprocess.Popen(orden, stdout=subprocess.DEVNULL)
        try:
            _esperar_puerto(puerto)
            yield f"redis://127.0.0.1:{puerto}/0"
        finally:
            proceso.terminate()
            proceso.wait(timeout=10)


def principal(argumentos: list[str]) -> int:
    """Run pytest over the services; with no arguments, once more over SQLite and in-process jobs."""
    embebido = {
        nombre: valor for nombre, valor in os.environ.items() if nombre not in {"DATABASE_URL", "REDIS_URL"}
    }
    with ExitStack() as servicios:
        entorno = dict(embebido)
        for variable, servicio in (("DATABASE_URL", postgresql), ("REDIS_URL", redis)):
            try:
                entorno[variable] = servicios.enter_context(servicio())
            except FileNotFoundError as falta:
                print(f"Sin {servicio.__name__}: {falta}", flush=True)
        codigo = _pytest(entorno, "PostgreSQL y Redis", *argumentos)
    if argumentos:
        return codigo
    return codigo or _pytest(
        embebido, "SQLite, sin servicios", "-m", "not (postgresql or redis or recorrido)"
    )


def _pytest(entorno: dict[str, str], titulo: str, *argumentos: str) -> int:
    print(f"\n── {titulo} ──", flush=True)
    return subprocess.run([sys.executable, "-m", "pytest", *argumentos], env=entorno, check=False).returncode


def programa_pg(nombre: str) -> str:
    # Debian keeps the server's programs out of PATH, in a folder a version.
    versiones = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{nombre}"), key=lambda r: float(r.parts[4]))
    programa = shutil.which(nombre) or next(map(str, reversed(versiones)), None)
    if programa is None:
        raise FileNotFoundError(f"no está {nombre} (apt-get install postgresql)")
    return programa


@contextmanager
def _carpeta(prefijo: str) -> Iterator[Path]:
    # Not TemporaryDirectory: once it is chowned, its owner is another user.
    carpeta = Path(tempfile.mkdtemp(prefix=prefijo))
    try:
        yield carpeta
    finally:
        shutil.rmtree(carpeta, ignore_errors=True)


def _callado(*orden: str | Path) -> None:
    # Not captured: PostgreSQL's children would hold the pipe open and this would wait for them.
    resultado = subprocess.run(orden, stdout=subprocess.DEVNULL, cwd="/", check=False)
    if resultado.returncode:
        raise RuntimeError(f"{orden} terminó con {resultado.returncode}")


def _esperar_puerto(puerto: int) -> None:
    limite = time.monotonic() + ESPERA_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", puerto), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > limite:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    # Ended from outside (CI's limit), the services still go with the run.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(principal(sys.argv[1:]))
