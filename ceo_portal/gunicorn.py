"""gunicorn's configuration, for the demo and for the image."""

import os
from typing import Any

from django.conf import settings

from ceo_portal.celery import TrabajosEnProceso

bind = f"{os.environ.get('ESCUCHAR', '127.0.0.1')}:{os.environ.get('PUERTO', '8000')}"
worker_class = "gthread"
# One process when the jobs run inside it: broker and cache live in its memory.
workers = int(os.environ.get("PROCESOS", "1"))
threads = int(os.environ.get("HILOS", "8"))
timeout = 60
graceful_timeout = 15
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (gunicorn's heartbeat file)

_trabajos: list[TrabajosEnProceso] = []


def post_worker_init(worker: Any) -> None:
    """Start the jobs where the pages are served, when no broker is configured."""
    if settings.CELERY_BROKER_URL.startswith("memory:"):
        _trabajos.append(TrabajosEnProceso())
        _trabajos[0].iniciar()


def worker_exit(server: Any, worker: Any) -> None:
    """Let the running job end before the process does."""
    for trabajos in _trabajos:
        trabajos.detener()
