"""Settings of the performance suite: as production serves, over the run's private services."""

import os
from pathlib import Path

from ceo_portal.settings.base import *
from ceo_portal.settings.base import DATABASES, INSTALLED_APPS, LOGGING, STORAGES, TEMPLATES

SECRET_KEY = "pruebas-" + "x" * 60
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
# The generator of Gestiones refuses to run anywhere else.
DEMO = True
ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "ceo_portal.demo", "formtools", "crispy_bootstrap5", "bench.pares"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if "OPTIONS" in DATABASES["default"] and "pool" in DATABASES["default"]["OPTIONS"]:
    # One thread that stays connected: what is timed is the page, not the way to the server.
    del DATABASES["default"]["OPTIONS"]["pool"]
    DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
LOGGING["root"]["level"] = os.environ.get("NIVEL_REGISTRO", "ERROR")
# The bare floor: what Django asks for to know who comes.
MIDDLEWARE_DESNUDO = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "plantillas")
