"""The background jobs through a real Redis (those of the demo's own process: test_gunicorn)."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery.contrib.testing.worker import start_worker
from celery.signals import task_success

from ceo_portal.celery import app

ESPERA_S = 20


@pytest.fixture
def terminadas() -> Iterator[Callable[[str], threading.Event]]:
    """`terminadas(task)` gives an event that is set when the task ends well."""
    hechas: dict[str, threading.Event] = {}

    def _anotar(sender, **kwargs):
        hechas.setdefault(sender.name, threading.Event()).set()

    task_success.connect(_anotar, weak=False, dispatch_uid="prueba")
    yield lambda nombre: hechas.setdefault(nombre, threading.Event())
    task_success.disconnect(dispatch_uid="prueba")


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_una_tarea_va_por_redis_y_un_trabajador_la_cumple(terminadas):
    """Task round-trip: published to Redis, taken by a worker of its own thread, acknowledged."""
    despacho = app.tasks["notificaciones.tareas.despachar_correos"]
    with start_worker(
        app, pool="threads", concurrency=1, perform_ping_check=False, shutdown_timeout=ESPERA_S
    ):
        despacho.delay()
        assert terminadas(despacho.name).wait(ESPERA_S)


def test_ninguna_tarea_se_pierde_con_su_trabajador():
    """Acknowledged when done, given to another if the worker dies, and never without a limit."""
    conf = app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert 0 < conf.task_soft_time_limit < conf.task_time_limit
    assert conf.task_time_limit < conf.broker_transport_options["visibility_timeout"]


@pytest.mark.parametrize(
    ("entrada", "hora"),
    [
        ("archivar-inactivas", "00:15"),
        ("caducar-tomas", "00:30"),
        ("barrer-archivos", "02:00"),
        ("enviar-avisos-archivo", "06:00"),
        ("resumir-fallidos", "06:30"),
    ],
)
def test_los_trabajos_del_dia_corren_a_su_hora_de_guatemala(entrada, hora):
    """FB1, FB3: every day, Guatemala's."""
    cada = app.conf.beat_schedule[entrada]["schedule"]
    cada.app = app
    medianoche = datetime(2026, 7, 6, tzinfo=app.timezone)
    with time_machine.travel(medianoche, tick=False):
        turno = medianoche + cada.remaining_estimate(medianoche)
    assert f"{turno.astimezone(ZoneInfo('America/Guatemala')):%d %H:%M}" == f"06 {hora}"
