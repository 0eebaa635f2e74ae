"""The background jobs: one Celery app, its queues and its clock, and the worker inside the demo's process."""

import os
import threading
from typing import Any

import structlog
from celery import Celery, Task
from celery.beat import EmbeddedService, Scheduler
from celery.schedules import crontab
from celery.worker import WorkController, state
from kombu import Connection, Queue
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from ceo_portal.a_solas import a_solas
from ceo_portal.cortacircuito import ESPERA_S, REDIS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ceo_portal.settings.produccion")

logger = structlog.get_logger(__name__)
# Who publishes may be serving a page; who consumes waits for its next message as long as it takes.
AL_PUBLICAR = {"socket_timeout": ESPERA_S, "socket_connect_timeout": ESPERA_S}
# Queues apart, so that none waits for another; docker-compose.yml gives them workers (docs/decisiones/0022).
COLAS = ("bitacora", "cuentas", "correo", "correo-cuentas", "papeles", "archivo")
# An exact name first, then these in their order.
RUTAS = {
    "bitacora.tareas.*": {"queue": "bitacora"},
    "cuentas.tareas.*": {"queue": "cuentas"},
    "notificaciones.tareas.resumir_fallidos": {"queue": "archivo"},
    "notificaciones.tareas.*": {"queue": "correo"},
    "tramites.tareas.barrer_archivos_sueltos": {"queue": "papeles"},
    "tramites.tareas.*": {"queue": "archivo"},
}
MINUTO_S, DIA_S = 60, 24 * 60 * 60


class Aplicacion(Celery):
    """Celery, that keeps no page waiting for a broker that does not answer."""

    def connection_for_write(self, url: str | None = None, *args: Any, **kwargs: Any) -> Connection:
        if self.conf.broker_url.startswith("redis"):
            kwargs["transport_options"] = AL_PUBLICAR | (kwargs.get("transport_options") or {})
        return super().connection_for_write(url, *args, **kwargs)

    def send_task(self, *args: Any, **kwargs: Any) -> Any:
        """As Celery's; `SinCola` at once while the broker is known to be away."""
        if not REDIS.deja_pasar():
            raise SinCola("La cola no responde: lo encontrará la barrida.")
        try:
            enviada = super().send_task(*args, **kwargs)
        except (KombuError, RedisError, OSError) as error:
            if REDIS.cortar():
                logger.warning("redis_no_responde", error=type(error).__name__)
            raise
        REDIS.restablecer()
        return enviada


class SinCola(ConnectionError):
    """The broker is away; what was to be enqueued stays in its row, where a sweep finds it."""


class Tarea(Task):
    """A job of the clock never overlaps itself: the second one says so and ends."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.name not in DEL_RELOJ:
            return super().__call__(*args, **kwargs)
        with a_solas(self.name) as libre:
            if libre:
                return super().__call__(*args, **kwargs)
        logger.info("tarea_en_curso", tarea=self.name)
        return None


def cada(minutos: int, tarea: str) -> dict[str, Any]:
    """A sweep: what no worker took in its turn is not done twice in the next."""
    segundos = minutos * MINUTO_S
    return {"task": tarea, "schedule": float(segundos), "options": {"expires": segundos}}


def cada_dia(tarea: str, hora: int, minuto: int) -> dict[str, Any]:
    """Guatemala's hour. Each finds by date what is due, so a day missed is made up the next."""
    return {
        "task": tarea,
        "schedule": crontab(hour=hora, minute=minuto),
        "options": {"expires": DIA_S // 2},
    }


RELOJ = {
    "despachar-correos": cada(1, "notificaciones.tareas.despachar_correos"),
    "atender-recuperaciones": cada(1, "cuentas.tareas.atender_recuperaciones"),
    "borrar-caducados": cada(10, "cuentas.tareas.borrar_caducados"),
    "sellar-bitacora": cada(1, "bitacora.tareas.sellar"),
    "archivar-inactivas": cada_dia("tramites.tareas.archivar_inactivas", 0, 15),
    "caducar-tomas": cada_dia("tramites.tareas.caducar_tomas_viejas", 0, 30),
    "cerrar-cifras": cada_dia("tramites.tareas.cerrar_cifras", 1, 30),
    "barrer-archivos": cada_dia("tramites.tareas.barrer_archivos_sueltos", 2, 0),
    "enviar-avisos-archivo": cada_dia("tramites.tareas.enviar_avisos_archivo", 6, 0),
    "resumir-fallidos": cada_dia("notificaciones.tareas.resumir_fallidos", 6, 30),
}
DEL_RELOJ = {entrada["task"] for entrada in RELOJ.values()}

app = Aplicacion("ceo_portal", task_cls=Tarea)
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
    broker_connection_max_retries=None,  # a worker waits for its broker as long as it takes
    task_queues=[Queue(cola) for cola in COLAS],
    task_routes=RUTAS,
    task_default_queue="archivo",
    # Without a broker the page answers all the same: the sweep finds what was not handed over.
    task_publish_retry=False,
    broker_transport_options={
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
        "visibility_timeout": 600,  # then what a dead worker had taken is given to another
        "max_retries": 0,  # at the first refusal: kombu would keep the page waiting 6 s
    },
    timezone="America/Guatemala",
    beat_schedule=RELOJ,
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
