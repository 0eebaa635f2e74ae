"""No job of the clock reads a table that grows with history: each finds its rows by an index, named here."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bitacora.models import Evento
from ceo_portal.celery import RELOJ, app
from cuentas.models import Recuperacion
from tests.fabricas import CorreoFactory, GestionFactory, PersonalFactory
from tests.tramites.reloj import a_las, entregar, parada
from tramites.acciones.avisar_archivado import avisar_proximas
from tramites.models import Estado

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]

HISTORIA = (Path(__file__).parent / "historia.sql").read_text()
# What grows with the years. The rest are catalogues and queues, which hold only what is owed: `PorSellar`,
# `Recuperacion`, `FallaPorContar`. Limits and throttles are keys of the cache, that lapse by themselves.
CRECEN = set(re.findall(r"INTO (\w+)", HISTORIA))
# Its task → where it looks for what is due: table and index. What it does to each of those goes by its key.
DONDE_BUSCA = {
    "despachar-correos": {
        ("notificaciones_correo", "notificaciones_por_enviar"),
        ("notificaciones_correo", "notificaciones_que_se_esperan"),
    },
    "atender-recuperaciones": {("cuentas_usuario", "cuentas_usuario_correo")},
    "borrar-caducados": {
        ("django_session", "django_session_expire_date_a5c62663"),
        ("cuentas_registro", "cuentas_registro_pedido_en_c078eb6f"),
    },
    "sellar-bitacora": set(),
    "archivar-inactivas": {("tramites_gestion", "tramites_gestion_vence")},
    "caducar-tomas": {
        ("tramites_gestion", "tramites_cola_por_estado"),
        ("cuentas_usuario", "cuentas_usuario_personal"),
    },
    "cerrar-cifras": set(),
    "barrer-archivos": set(),
    "enviar-avisos-archivo": {("tramites_gestion", "tramites_gestion_vence")},
    "resumir-fallidos": {("cuentas_usuario", "cuentas_usuario_personal")},
}
# These hold what is due and nothing else.
PARCIALES = {"notificaciones_por_enviar", "tramites_gestion_vence"}
FILAS = 5_000


@pytest.fixture
def mundo(settings, tmp_path: Path) -> None:
    """Years that are over, and a little of each thing that a job must do."""
    ana, ida = PersonalFactory(), PersonalFactory(is_active=False)
    PersonalFactory(papel="jefatura")
    with connection.cursor() as cursor:
        cursor.execute(HISTORIA.replace(":filas", str(FILAS)).replace(":analista", str(ana.pk)))
    _a_punto_de_archivar(timezone.localdate())
    hace = timezone.now() - timedelta(days=60)
    en_mano = {"estado": Estado.RECIBIDA, "recibida_en": hace, "en_cola_desde": hace, "asignada_en": hace}
    for quien in (ana, ida):
        fila = GestionFactory(asignada_a=quien, **en_mano)
    Evento.objects.registrar("aviso_fallido", gestion=fila.numero, ahora=timezone.now() - timedelta(days=1))
    Recuperacion.objects.create(dato="nadie@demo.gt", pedida_en=timezone.now())
    CorreoFactory()
    _archivo_suelto(settings, tmp_path)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE django_session SET expire_date = now() - interval '1 day' WHERE session_key = 'h1'"
        )
        cursor.execute("ANALYZE")


def _a_punto_de_archivar(hoy: date) -> None:
    """One told in time, whose day came; another that must be told today."""
    vencida = parada(hoy - timedelta(days=190), archivar_el=hoy)
    avisar_proximas(hoy=hoy - timedelta(days=8), ahora=a_las(hoy - timedelta(days=8)))
    entregar(vencida, hoy - timedelta(days=8))
    parada(hoy - timedelta(days=160), archivar_el=hoy + timedelta(days=8))


def _archivo_suelto(settings, carpeta: Path) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": carpeta, "base_url": None}}
    }
    suelto = carpeta / "gestiones" / "1000001" / "suelto.pdf"
    suelto.parent.mkdir(parents=True)
    suelto.touch()
    os.utime(suelto, (0, 0))


def test_toda_entrada_del_reloj_dice_donde_busca():
    assert set(DONDE_BUSCA) == set(RELOJ)


def test_ningun_trabajo_del_reloj_recorre_lo_que_crece(mundo):
    """Background work does not grow with history: the plan of each statement that each job makes."""
    app.loader.import_default_modules()
    recorridas, sin_usar = set(), set()
    for entrada, busca in DONDE_BUSCA.items():
        vistas = _accesos_de(app.tasks[RELOJ[entrada]["task"]].run)
        recorridas |= {(entrada, tabla) for tabla, indice in vistas if indice is None}
        sin_usar |= {(entrada, *acceso) for acceso in busca - vistas}
    assert recorridas == set()
    assert sin_usar == set()


def _accesos_de(trabajo: Callable[[], Any]) -> set[tuple[str, str | None]]:
    """How it reads each table of years: by which index, or None if whole."""
    with CaptureQueriesContext(connection) as consultas:
        trabajo()
    sentencias = [re.sub(r"^DECLARE .*? FOR ", "", c["sql"]) for c in consultas]
    leen = [sql for sql in sentencias if sql.lstrip("( ").startswith(("SELECT", "WITH", "UPDATE", "DELETE"))]
    accesos = {acceso for sql in leen for acceso in _del_plan(_plan(sql))}
    return {(tabla, indice) for tabla, indice in accesos if tabla in CRECEN}


def _plan(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql)
        return cursor.fetchone()[0][0]["Plan"]


def _del_plan(nodo: dict[str, Any], tabla: str = "", tope: bool = False) -> Iterator[tuple[str, str | None]]:
    """Walking a whole index is reading the table too, unless a LIMIT stops it or all it has is due."""
    tabla, tope = nodo.get("Relation Name", tabla), tope or nodo["Node Type"] == "Limit"
    if indice := nodo.get("Index Name"):
        acotado = "Index Cond" in nodo or indice in PARCIALES or (tope and "Filter" not in nodo)
        yield tabla, indice if acotado else None
    elif nodo["Node Type"] == "Seq Scan":
        yield tabla, None
    for hijo in nodo.get("Plans", ()):
        yield from _del_plan(hijo, tabla, tope)
