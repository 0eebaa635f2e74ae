"""`./portal test`: its private PostgreSQL and Redis, its passes, and nothing left of them when it ends."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

# Speed over durability: the cluster lives as long as the run.
POSTGRESQL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=500"
BASES_REDIS = 64  # two for each worker (settings/pruebas.py)
ESPERA_S = 30
GRACIA_S = 20
OBREROS = ("-n", str(len(os.sched_getaffinity(0))), "--dist", "worksteal")
SERVICIOS = ("DATABASE_URL", "REDIS_URL")
# Unless compiled once, hundreds of processes compile the same modules: a third of the whole run.
AJENAS = {*SERVICIOS, "PYTHONDONTWRITEBYTECODE"}
# The journeys apart: Playwright leaves an event loop in its thread, where Django refuses the database.
# What touches no database needs no second one, and what only real services show is shown once.
PASADAS = (
    ("PostgreSQL y Redis", SERVICIOS, ("-m", "not recorrido", *OBREROS)),
    ("PostgreSQL y Redis, en el navegador", SERVICIOS, ("-m", "recorrido", *OBREROS)),
    ("SQLite, sin servicios", (), ("-m", "base and not (postgresql or redis or recorrido)", *OBREROS)),
)


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
        orden += ["--databases", str(BASES_REDIS)]
        proceso = subprocess.Popen(orden, stdout=subprocess.DEVNULL)
        try:
            esperar(lambda: _escucha(puerto))
            yield f"redis://127.0.0.1:{puerto}/0"
        finally:
            proceso.terminate()
            proceso.wait(timeout=10)


def principal(argumentos: list[str]) -> int:
    """The whole suite in its passes, on every core; with arguments, one pytest that gets them.

    All that a run writes goes in one temporary folder, and with it.
    """
    with _carpeta("ceo-suite-") as corrida, ExitStack() as servicios:
        corrida.chmod(0o711)  # PostgreSQL's own user passes through
        tempfile.tempdir = str(corrida)
        direcciones = _iniciar(servicios)
        if argumentos:
            return correr_pytest(direcciones, "PostgreSQL y Redis", *argumentos)
        fallidas = [
            titulo
            for titulo, variables, opciones in PASADAS
            if correr_pytest({v: d for v, d in direcciones.items() if v in variables}, titulo, *opciones)
        ]
    if fallidas:
        print(f"\nPasadas con fallas: {' · '.join(fallidas)}", file=sys.stderr, flush=True)
    return 1 if fallidas else 0


def _iniciar(servicios: ExitStack) -> dict[str, str]:
    """The address of each service that this machine can run, by its variable."""
    direcciones = {}
    for variable, servicio in zip(SERVICIOS, (postgresql, redis), strict=True):
        try:
            direcciones[variable] = servicios.enter_context(servicio())
        except FileNotFoundError as falta:
            print(f"Sin {servicio.__name__}: {falta}", flush=True)
    return direcciones


def correr_pytest(direcciones: dict[str, str], titulo: str, *argumentos: str) -> int:
    """One pass over those services, in a folder of its own; nothing that it started outlives it."""
    print(f"\n── {titulo} ──", flush=True)
    entorno = {nombre: valor for nombre, valor in os.environ.items() if nombre not in AJENAS}
    carpeta = tempfile.mkdtemp(prefix="pasada-")
    orden = [sys.executable, "-m", "pytest", *argumentos]
    proceso = subprocess.Popen(orden, env=entorno | direcciones | {"TMPDIR": carpeta})
    try:
        return proceso.wait()
    except BaseException:
        # As Ctrl+C does: it puts away what it started.
        proceso.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            proceso.wait(timeout=GRACIA_S)
        raise
    finally:
        terminar_lo_de(carpeta)


def terminar_lo_de(carpeta: str) -> None:
    """End what a test or a killed worker left running: whoever has that folder as its TMPDIR."""
    marca = f"TMPDIR={carpeta}".encode()
    for ruta in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # it ended meanwhile, or is another user's
            if marca in ruta.read_bytes().split(b"\0"):
                os.kill(int(ruta.parent.name), signal.SIGKILL)


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


def esperar(condicion: Callable[[], bool]) -> None:
    """Ask until it is so; `TimeoutError` after `ESPERA_S`."""
    limite = time.monotonic() + ESPERA_S
    while not condicion():
        if time.monotonic() > limite:
            raise TimeoutError(condicion)
        time.sleep(0.05)


def _escucha(puerto: int) -> bool:
    with socket.socket() as enchufe:
        return enchufe.connect_ex(("127.0.0.1", puerto)) == 0


if __name__ == "__main__":
    # Ended from outside (CI's limit), the services still go with the run.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(principal(sys.argv[1:]))
