"""A real browser against a real server: gunicorn, built static files, worker, the suite's database."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.servicios import puerto_libre

CHROMIUM = shutil.which("chromium")
ARGUMENTOS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ESPERA_S = 60


@pytest.fixture(scope="session")
def navegador() -> Iterator[Browser]:
    """Debian's Chromium, one for the whole run."""
    if CHROMIUM is None:
        pytest.skip("necesita Chromium: apt-get install chromium")
    conexion = connections["default"]
    # Playwright's loop lives in this thread and Django would refuse the database beside it.
    with pytest.MonkeyPatch.context() as entorno, sync_playwright() as playwright:
        entorno.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        # Beside a loop Django opens a connection of its own, which would not know the rows to restore.
        connections["default"] = conexion
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTOS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def url_servidor(django_db_setup, django_db_blocker) -> Iterator[str]:
    """Address of the running portal, over the suite's own database and folder."""
    puerto = puerto_libre()
    with django_db_blocker.unblock():
        entorno = _entorno(puerto)
    _manage(entorno, "collectstatic", "--noinput", "--verbosity=0")
    ordenes = [["gunicorn", "--config", "ceo_portal/gunicorn.py", "ceo_portal.wsgi"]]
    if entorno["REDIS_URL"]:
        ordenes.append(["celery", "-A", "ceo_portal", "worker", "--pool=solo", "--loglevel=warning"])
    procesos = [subprocess.Popen([sys.executable, "-m", *orden], env=entorno) for orden in ordenes]
    try:
        url = f"http://localhost:{puerto}"
        _esperar(url, procesos[0])
        yield url
    finally:
        for proceso in procesos:
            proceso.terminate()
        for proceso in procesos:
            proceso.wait(timeout=20)


@pytest.fixture
def servidor(url_servidor: str, transactional_db) -> str:
    """The running portal's address, with the tables emptied to their migrated rows after the test."""
    return url_servidor


@pytest.fixture
def abrir(navegador: Browser, servidor: str) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own: `abrir(javascript=False, viewport=…)`.

    At the end the test fails if any page raised a script error or broke its CSP.
    """
    contextos: list[BrowserContext] = []
    fallas: list[str] = []

    def _abrir(*, javascript: bool = True, **opciones) -> Page:
        contexto = navegador.new_context(
            base_url=servidor,
            java_script_enabled=javascript,
            locale="es-GT",
            timezone_id="America/Guatemala",
            **opciones,
        )
        contextos.append(contexto)
        contexto.on("weberror", lambda error: fallas.append(str(error.error)))
        contexto.on("console", lambda mensaje: fallas.extend(_violacion(mensaje)))
        return contexto.new_page()

    yield _abrir
    for contexto in contextos:
        contexto.close()
    assert not fallas


@pytest.fixture
def pagina(abrir: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    """A page; `indirect` parameter False switches JavaScript off."""
    return abrir(javascript=getattr(request, "param", True))


@pytest.fixture
def pagina_sin_js(abrir: Callable[..., Page]) -> Page:
    """A page without JavaScript."""
    return abrir(javascript=False)


@pytest.fixture
def ruta_correos() -> Path:
    """Where the running portal leaves its mails, one .eml each; empty at the start of the test."""
    ruta = Path(settings.RUTA_VAR) / "correos"
    shutil.rmtree(ruta, ignore_errors=True)
    return ruta


def _violacion(mensaje: ConsoleMessage) -> list[str]:
    return [mensaje.text] if "Content Security Policy" in mensaje.text else []


def _entorno(puerto: int) -> dict[str, str]:
    base = connection.settings_dict
    url = f"sqlite:///{base['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{base['USER']}@{base['HOST']}:{base['PORT']}/{base['NAME']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "ceo_portal.settings.recorridos",
        "DATABASE_URL": url,
        # Redis's next database: the suite clears its own cache between tests.
        "REDIS_URL": _siguiente(settings.REDIS_URL),
        "RUTA_VAR": str(settings.RUTA_VAR),
        "URL_PUBLICA": f"http://localhost:{puerto}",
        "PUERTO": str(puerto),
    }


def _siguiente(redis: str) -> str:
    servidor, _, base = redis.rpartition("/")
    return redis and f"{servidor}/{int(base) + 1}"


def _manage(entorno: dict[str, str], *orden: str) -> None:
    subprocess.run([sys.executable, "manage.py", *orden], env=entorno, check=True)


def _esperar(url: str, proceso: subprocess.Popen) -> None:
    limite = time.monotonic() + ESPERA_S
    while time.monotonic() < limite and proceso.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/salud/lista/", timeout=5).close()
            return
        except OSError:  # refused, or too slow to answer yet
            time.sleep(0.1)
    raise RuntimeError(f"El portal no respondió en {url} (código {proceso.poll()})")
