"""Settings of the test suite; DATABASE_URL and REDIS_URL choose PostgreSQL and Redis or the embedded pair."""

import atexit
import os
import shutil
import tempfile

# Tests never touch var/: the run makes its own folder, its child processes keep it, and it goes with the run.
# Each worker of pytest-xdist is a run of its own, with two databases of Redis: its tests' and its journeys'.
OBRERO = os.environ.get("PYTEST_XDIST_WORKER", "")
PREFIJO = f"ceo-pruebas-{OBRERO}-"
if PREFIJO not in os.environ.get("RUTA_VAR", ""):
    os.environ["RUTA_VAR"] = tempfile.mkdtemp(prefix=PREFIJO)
    atexit.register(shutil.rmtree, os.environ["RUTA_VAR"], ignore_errors=True)
if OBRERO and os.environ.get("REDIS_URL"):
    servidor, _ = os.environ["REDIS_URL"].rsplit("/", 1)
    os.environ["REDIS_URL"] = f"{servidor}/{2 * int(OBRERO.removeprefix('gw'))}"

from .base import *  # noqa: E402

SECRET_KEY = "pruebas-" + "x" * 60
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
DEMO = True
TRAMITES_PUBLICADOS = None
RUTA_CORREOS = RUTA_VAR / "correos"
INSTALLED_APPS = [*INSTALLED_APPS, "ceo_portal.demo", "tests.vaciado"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Hashing strength is Django's business; the suite only needs it to be correct.
CLAVE_ITERACIONES = 1
STORAGES = {
    **STORAGES,
    # Speed over durability: these files live as long as the run.
    "default": STORAGES["default"] | {"OPTIONS": STORAGES["default"]["OPTIONS"] | {"asentar": False}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# On disk and not in memory: the journeys' server is another process.
DATABASES["default"]["TEST"] = {
    "NAME": RUTA_VAR / "pruebas.sqlite3" if "sqlite3" in DATABASES["default"]["ENGINE"] else None
}
LOGGING["root"]["level"] = "WARNING"
