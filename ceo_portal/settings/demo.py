"""The embedded demo that `./portal run` starts: SQLite, a worker inside the process, mails as files."""

from .base import *  # noqa: F403
from .base import RUTA_VAR, env

DEMO = True
SECRET_KEY = env.str("SECRET_KEY", default="demo-" + "sin-secreto-" * 4)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
EMAIL_BACKEND = "notificaciones.buzon.BuzonEml"
RUTA_CORREOS = RUTA_VAR / "correos"
