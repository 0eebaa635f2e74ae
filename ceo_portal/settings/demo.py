"""The embedded demo that `./portal run` starts: SQLite, a worker inside the process, mails as files."""

from .base import *
from .base import INSTALLED_APPS, LOGGING, RUTA_VAR, env

DEMO = True
TRAMITES_PUBLICADOS = env.list("TRAMITES_PUBLICADOS", default=None)
INSTALLED_APPS = [*INSTALLED_APPS, "ceo_portal.demo"]
SECRET_KEY = env.str("SECRET_KEY", default="demo-" + "sin-secreto-" * 4)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
EMAIL_BACKEND = "notificaciones.correo.buzon.BuzonEml"
RUTA_CORREOS = RUTA_VAR / "correos"
# The terminal is for the address and the accounts.
LOGGING["root"]["level"] = env.str("NIVEL_REGISTRO", default="WARNING")
