"""What every test shares: the marks, the strictness about skips and the clean cache."""

import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection

from tests.vaciado import migrado

RECORRIDOS = "tests/recorridos/"
BASE = {"db", "transactional_db"}
EXIGIR_TODO = os.environ.get("PORTAL_EXIGIR_TODO") == "1"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the journeys by their folder, and what touches the database by what it asks for."""
    if item.nodeid.startswith(RECORRIDOS):
        item.add_marker("recorrido")
    if item.get_closest_marker("django_db") or BASE & set(getattr(item, "fixturenames", ())):
        item.add_marker("base")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--semilla N` plays the tests in an order drawn from N, the same for every worker."""
    parser.addoption("--semilla", type=int, help="baraja las pruebas con esta semilla")


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say the order, so that it can be played again."""
    semilla = config.getoption("semilla")
    return None if semilla is None else f"orden: --semilla {semilla}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The order drawn, if one is asked for; the journeys last, for Playwright's loop stays in this thread."""
    if (semilla := config.getoption("semilla")) is not None:
        random.Random(semilla).shuffle(items)
    items.sort(key=lambda item: item.get_closest_marker("recorrido") is not None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, with its reason, what this run's services cannot show."""
    if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        pytest.skip("necesita PostgreSQL: use ./portal test")
    if item.get_closest_marker("redis") and not settings.REDIS_URL:
        pytest.skip("necesita Redis: use ./portal test")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With PORTAL_EXIGIR_TODO=1 a skipped test has failed."""
    return _exigir((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """The same for a whole module that skips itself."""
    return _exigir((yield))


def _exigir(informe):
    if EXIGIR_TODO and informe.skipped and not hasattr(informe, "wasxfail"):
        informe.outcome = "failed"
        informe.longrepr = f"PORTAL_EXIGIR_TODO=1 y la prueba se omitió: {informe.longrepr}"
    return informe


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The migrated database and a copy of its rows, for the tests that commit to begin from them."""
    with django_db_blocker.unblock():
        migrado.guardar(connection)


@pytest.fixture(autouse=True)
def _cache_limpia() -> None:
    """Rate limits, counters, sessions and places of one test never reach the next."""
    for memoria in caches.all(initialized_only=True):
        memoria.clear()
    # Not imported above: pytest loads this file before Django.
    if lugares := sys.modules.get("territorio.consultas"):
        lugares.olvidar()


@pytest.fixture(autouse=True)
def anclas(settings, tmp_path: Path) -> Path:
    """Where this test's log leaves its anchors: those of another's would belie it."""
    settings.RUTA_ANCLAS = tmp_path / "anclas"
    return settings.RUTA_ANCLAS


@pytest.fixture
def barrer_correos() -> Callable[[], None]:
    """Run the outbox sweep here and now, as the beat schedule does every minute."""
    return lambda: call_command("despachar_correos")
