"""gunicorn's configuration, for the demo and for the image."""

import gc
import os
from typing import Any

from django.conf import settings

from ceo_portal.celery import TrabajosEnProceso
from ceo_portal.recepcion import PETICION_S

PUERTO = os.environ.get("PUERTO", "8000")
bind = f"{os.environ.get('ESCUCHAR', '127.0.0.1')}:{PUERTO}"
worker_class = "ceo_portal.recepcion.Hilos"
# One process when the jobs run inside it: broker and cache live in its memory.
workers = int(os.environ.get("PROCESOS", "1"))
threads = settings.HILOS
timeout = 60
# What is read once all the processes share, and a new one is born with it.
preload_app = True
# Who stops it waits for a slow upload; docker-compose.yml gives it a little more (stop_grace_period).
graceful_timeout = PETICION_S + 30
loglevel = "warning"

ANUNCIO = f"""
Portal CEO (demostración): http://localhost:{PUERTO}
Contraseña de todas las cuentas: Demo-CEO-2026

  Ciudadana sin Gestiones  CUI 1002 00303 0101
  Ciudadana con Gestiones  CUI 1600 32547 0202
  Otra ciudadana           CUI 1928 37478 2217
  Analistas                analista1@demo.gt, analista2@demo.gt
  Jefatura                 jefatura@demo.gt
  Administración           admin@demo.gt
  Auditoría                auditoria@demo.gt
  Consulta                 consulta@demo.gt

Los correos que envía quedan en {settings.RUTA_VAR / "correos"} y en http://localhost:{PUERTO}/correos/
Para terminar: Ctrl+C
"""

_trabajos: list[TrabajosEnProceso] = []


def when_ready(server: Any) -> None:
    """Tell whoever started the demo where it is and who can sign in."""
    if settings.DEMO:
        print(ANUNCIO, flush=True)


def pre_fork(server: Any, worker: Any) -> None:
    """What was read stays for ever: a collection that went through it would make it each process's own."""
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Start the jobs where the pages are served, when no broker is configured."""
    if settings.CELERY_BROKER_URL.startswith("memory:"):
        _trabajos.append(TrabajosEnProceso())
        _trabajos[0].iniciar()


def worker_exit(server: Any, worker: Any) -> None:
    """Let the running job end before the process does."""
    for trabajos in _trabajos:
        trabajos.detener()
