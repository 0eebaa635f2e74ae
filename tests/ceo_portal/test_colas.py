"""Queues apart, each with its worker; jobs that expire instead of piling up and never overlap themselves."""

import ast
import threading

import pytest
import yaml
from django.db import connection

from ceo_portal.a_solas import a_solas
from ceo_portal.celery import COLAS, DEL_RELOJ, RELOJ, app
from tests.arquitectura.codigo import RAIZ

COMPOSICION = yaml.safe_load((RAIZ / "docker-compose.yml").read_text(encoding="utf-8"))
APPS = ("ceo_portal", "notificaciones", "previsión", "tramites", "cuentas", "bitacora", "territorio")


def cola(tarea: str) -> str:
    return app.amqp.router.route({}, tarea)["queue"].name


def _colas_de_cada_worker() -> list[set[str]]:
    ordenes = [servicio.get("command", []) for servicio in COMPOSICION["services"].values()]
    opciones = [o for orden in ordenes for o in orden if o.startswith("--queues=")]
    return [set(opcion.removeprefix("--queues=").split(",")) for opcion in opciones]


def test_cada_cola_tiene_un_worker_y_uno_solo():
    """A queue that nobody takes from, or a worker of none, fails here."""
    colas = [c for suyas in _colas_de_cada_worker() for c in suyas]
    assert sorted(colas) == sorted(COLAS)
    assert {cola(tarea) for tarea in app.tasks if not tarea.startswith("celery.")} <= set(COLAS)


def test_el_correo_no_detiene_ni_los_sellos_ni_las_cuentas_ni_el_archivado():
    """A black hole of SMTP holds its own worker, and no other."""
    [del_correo] = [suyas for suyas in _colas_de_cada_worker() if "correo" in suyas]
    assert cola("notificaciones.tareas.despachar_correos") in del_correo
    for tarea in DEL_RELOJ - {"notificaciones.tareas.despachar_correos"}:
        assert cola(tarea) not in del_correo
    assert cola("cuentas.tareas.atender_recuperacion") not in del_correo


@pytest.mark.parametrize("entrada", RELOJ)
def test_lo_que_pide_el_reloj_caduca_en_su_turno(entrada):
    """Hours without a worker leave one of each, not one a minute."""
    cada, vive = RELOJ[entrada]["schedule"], RELOJ[entrada]["options"]["expires"]
    assert 0 < vive <= (cada if isinstance(cada, float) else 24 * 60 * 60)


@pytest.mark.django_db(transaction=True)
def test_un_trabajo_no_se_traslapa_consigo_mismo_y_su_turno_se_devuelve():
    """The second one is told at once; another job is not its business."""
    dentro = []
    with a_solas("uno") as libre:
        hilo = threading.Thread(target=lambda: dentro.append(_intentar("uno")))
        hilo.start()
        hilo.join()
        otro = threading.Thread(target=lambda: dentro.append(_intentar("otro")))
        otro.start()
        otro.join()
    assert (libre, dentro) == (True, [False, True])
    with a_solas("uno") as libre:
        assert libre


def _intentar(nombre: str) -> bool:
    try:
        with a_solas(nombre) as libre:
            return libre
    finally:
        connection.close()


def test_lo_que_sigue_al_compromiso_nunca_es_un_error_de_la_pagina():
    """What `on_commit` runs is logged if it fails, and swept: the act is done already."""
    fragiles = [
        f"{ruta}:{nodo.lineno}"
        for nombre in APPS
        for ruta in (RAIZ / nombre).rglob("*.py")
        for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8")))
        if isinstance(nodo, ast.Call)
        and getattr(nodo.func, "attr", getattr(nodo.func, "id", "")) == "on_commit"
        and not any(k.arg == "robust" and getattr(k.value, "value", False) is True for k in nodo.keywords)
    ]
    assert fragiles == []
