"""P12. Gestiones opened by eight processes at once, with rollbacks and double clicks."""

import multiprocessing
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone

from bench import bases
from bench.corrida import Corrida
from bench.informe import Linea, Meta, exacto
from bench.rondas import Reparto
from tests.fabricas import CiudadanoFactory
from tests.tramites import escenas
from tramites import registro
from tramites.acciones.crear import crear
from tramites.models import Gestion

TITULO = "Números para ocho procesos a la vez"
PROCESOS, SEGUNDOS, TRABAJO_S = 8, 1.5, 0.01
UNO_DE_CADA = 10  # how often a transaction is undone, and how often a button is pressed twice

Paso = Callable[[int, int], Any]


class Deshecha(Exception):
    """A transaction that fails after its work."""


def medir(corrida: Corrida) -> Iterator[Linea]:
    with bases.con(0):
        settings.BORRADORES_MAX = 1_000_000
        personas = [CiudadanoFactory() for _ in range(PROCESOS)]
        antes = Gestion.objects.count()
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS bench_numeros (numero bigserial PRIMARY KEY, ficha uuid)"
            )
        portal, desnuda = [], []
        for _ in range(max(7, corrida.n_rondas or 7)):
            desnuda.append(_en_paralelo(_secuencia))
            portal.append(_en_paralelo(lambda yo, n: _abrir(personas, yo, n)))
        yield Linea(
            "abrir una Gestión",
            "ritmo sobre la secuencia sola",
            Reparto.de(p / d for p, d in zip(portal, desnuda, strict=True)),
            Meta(al_menos=0.9),
        )
        yield Linea("abrir una Gestión", "por segundo", Reparto.de(p / SEGUNDOS for p in portal))
        repetidas = Gestion.objects.count() - Gestion.objects.values("ficha").distinct().count()
        yield Linea(
            f"{Gestion.objects.count() - antes:,} abiertas", "repetidas", exacto(repetidas), Meta(a_lo_mas=0)
        )
        yield Linea("guardar un paso", "cambios perdidos", exacto(_perdidos()), Meta(a_lo_mas=0))


def _en_paralelo(paso: Paso) -> int:
    """How many times all the processes did it in `SEGUNDOS`."""
    contexto = multiprocessing.get_context("fork")
    cuenta, salida = contexto.Value("i", 0), contexto.Barrier(PROCESOS)
    hijos = [contexto.Process(target=_repetir, args=(paso, yo, cuenta, salida)) for yo in range(PROCESOS)]
    for hijo in hijos:
        hijo.start()
    for hijo in hijos:
        hijo.join()
    if any(hijo.exitcode for hijo in hijos):
        raise RuntimeError("un proceso terminó mal")
    return int(cuenta.value)


def _repetir(paso: Paso, yo: int, cuenta: Any, salida: Any) -> None:
    # The parent's connection is its own: this one is dropped unclosed, and another opened.
    connections["default"].connection = None
    connection.ensure_connection()
    salida.wait()
    n, fin = 0, time.monotonic() + SEGUNDOS
    while time.monotonic() < fin:
        n += 1
        with suppress(Deshecha):
            paso(yo, n)
    with cuenta.get_lock():
        cuenta.value += n
    connection.close()


def _secuencia(yo: int, n: int) -> None:
    """The number by itself: what no procedure can cost less than."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_numeros (ficha) VALUES (%s)", [uuid.uuid4()])
        _trabajar(n)


def _abrir(personas: list[Any], yo: int, n: int) -> None:
    """The portal's own act. One in ten is the neighbour's second press of one button."""
    doble = n % UNO_DE_CADA == 5
    quien = yo - yo % 2 if doble else yo
    ficha = (
        uuid.uuid5(uuid.NAMESPACE_OID, f"{quien}-{n}-{time.monotonic_ns() >> 33}") if doble else uuid.uuid4()
    )
    with transaction.atomic():
        crear(actor=personas[quien], tramite=registro.obtener("invalidez"), ficha=ficha, ahora=timezone.now())
        _trabajar(n)


def _trabajar(n: int) -> None:
    time.sleep(TRABAJO_S)
    if n % UNO_DE_CADA == 0:
        raise Deshecha


def _perdidos() -> int:
    """Saves of one step by all the processes, less what the row counted: none may be lost."""
    gestion = escenas.hasta_acta(escenas.titular())
    version = gestion.version

    def guardar(yo: int, n: int) -> None:
        escenas.guardar(gestion, "beneficiario", telefono=f"5555{yo}{n % 1000:03}")

    hechos = _en_paralelo(guardar)
    gestion.refresh_from_db()
    return hechos - (gestion.version - version)
