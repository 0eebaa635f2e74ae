"""The background jobs: one Celery app, its clock, and the worker that lives inside the demo's process."""

import os
import threading

from celery import Celery
from celery.beat import EmbeddedService, Scheduler
from celery.schedules import crontab
from celery.worker import WorkController, state

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ceo_portal.settings.produccion")

app = Celery("ceo_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # A job may be delivered twice and never lost: every task is written to be repeated.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_soft_time_limit=240,
    task_time_limit=300,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    # Without a broker the page answers all the same: the sweep finds what was not handed over.
    task_publish_retry=False,
    broker_transport_options={
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
        "visibility_timeout": 3600,
        "max_retries": 0,  # at the first refusal: kombu would keep the page waiting 6 s
    },
    timezone="America/Guatemala",
    beat_schedule={
        "despachar-correos": {"task": "notificaciones.tareas.despachar_correos", "schedule": 60.0},
        "atender-recuperaciones": {"task": "cuentas.tareas.atender_recuperaciones", "schedule": 60.0},
        "borrar-caducados": {"task": "cuentas.tareas.borrar_caducados", "schedule": 600.0},
        "sellar-bitacora": {"task": "bitacora.tareas.sellar", "schedule": 60.0},
        # Every day, Guatemala's. Each finds by date what is due, so a day missed is made up the next.
        "archivar-inactivas": {
            "task": "tramites.tareas.archivar_inactivas",
            "schedule": crontab(hour=0, minute=15),
        },
        "caducar-tomas": {
            "task": "tramites.tareas.caducar_tomas_viejas",
            "schedule": crontab(hour=0, minute=30),
        },
        "barrer-archivos": {
            "task": "tramites.tareas.barrer_archivos_sueltos",
            "schedule": crontab(hour=2, minute=0),
        },
        "enviar-avisos-archivo": {
            "task": "tramites.tareas.enviar_avisos_archivo",
            "schedule": crontab(hour=6, minute=0),
        },
        "resumir-fallidos": {
            "task": "notificaciones.tareas.resumir_fallidos",
            "schedule": crontab(hour=6, minute=30),
        },
    },
)
app.autodiscover_tasks(related_name="tareas")


class TrabajosEnProceso:
    """A worker and a clock in threads of this process, for a broker that lives in memory.

    All the clock's work is also asked for at the start: what a stopped process left behind.
    """

    def __init__(self) -> None:
        opciones = {"without_mingle": True, "without_gossip": True, "without_heartbeat": True}
        self._trabajador = WorkController(app=app, pool="threads", concurrency=2, **opciones)
        self._reloj = EmbeddedService(app, thread=True, scheduler_cls=Scheduler)
        self._hilo = threading.Thread(target=self._trabajador.start, name="trabajador", daemon=True)

    def iniciar(self) -> None:
        """Start both threads; returns at once."""
        state.should_stop = None
        self._hilo.start()
        self._reloj.start()
        for entrada in app.conf.beat_schedule.values():
            app.send_task(entrada["task"])

    def detener(self) -> None:
        """Let the running jobs end (at most 10 s) and stop."""
        self._reloj.stop()
        state.should_stop = os.EX_OK
        self._hilo.join(timeout=10)
        state.should_stop = None
