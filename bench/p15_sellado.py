"""P15. Sealing what is new behind a long log, and verifying all of it."""

import os
import resource
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

from django.db import connection
from django.utils import timezone

from bench import bases
from bench.corrida import Corrida
from bench.informe import Linea, Meta, exacto
from bitacora.models import Sello
from bitacora.sellado import sellar
from bitacora.verificacion import verificar

EVENTOS = (Path(__file__).parent / "sql" / "eventos.sql").read_text()
TITULO = "Sellar y comprobar la bitácora"
NUEVOS, POCOS, POCOS_ANTES, VECES = 50_000, 10, 20_000, 7
PROCESOS = len(os.sched_getaffinity(0))


def medir(corrida: Corrida) -> Iterator[Linea]:
    """Ten new events behind few and behind many; then many at once, and the whole chain."""
    tamanos = (100_000, 1_000_000, 10_000_000) if corrida.completo else (50_000, 200_000)
    with bases.propia("sellado"):
        _verter(POCOS_ANTES)
        _, cerca = _sellar_pocos()
        for tamano in tamanos:
            ritmo = _llegar_a(tamano)
            segundos, lejos = _sellar_pocos()
            caso = f"{tamano:,} sellados"
            sobre = exacto(lejos / cerca)
            yield Linea(caso, "páginas por sellar 10, sobre las de 20 000", sobre, Meta(a_lo_mas=1.2))
            yield Linea(caso, "ms por sellar 10", exacto(1000 * segundos))
            yield Linea(caso, "sellar muchos, por segundo", exacto(ritmo))
        yield from _comprobar(tamanos[-1])


def _comprobar(tamano: int) -> Iterator[Linea]:
    for procesos in sorted({1, PROCESOS}):
        inicio, cpu = time.perf_counter(), _procesador()
        if hallazgo := verificar(ahora=timezone.now(), procesos=procesos):
            raise RuntimeError(str(hallazgo))
        ritmo = _sellados() / (time.perf_counter() - inicio)
        meta = Meta(al_menos=100_000) if procesos == PROCESOS else None
        caso, de_cuantos = f"{tamano:,} sellados", f"comprobar, {procesos} procesos"
        yield Linea(caso, f"{de_cuantos}, por segundo", exacto(ritmo), meta)
        us = 1e6 * (_procesador() - cpu) / _sellados()
        yield Linea(caso, f"{de_cuantos}, µs de procesador de Python por evento", exacto(us))


def _procesador() -> float:
    """Seconds of processor of this process and of the children that ended."""
    usos = [resource.getrusage(de_quien) for de_quien in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(uso.ru_utime + uso.ru_stime for uso in usos)


def _llegar_a(tamano: int) -> float:
    """Fill and seal up to so many; events sealed a second, of the last lot."""
    ritmo = 0.0
    while (antes := _sellados()) < tamano:
        _verter(min(NUEVOS, tamano - antes))
        inicio = time.perf_counter()
        hechos = sellar(ahora=timezone.now())
        ritmo = hechos / (time.perf_counter() - inicio)
    with connection.cursor() as cursor:  # what PostgreSQL does by itself in a quiet minute
        cursor.execute("VACUUM ANALYZE bitacora_evento, bitacora_sello, bitacora_porsellar")
    return ritmo


def _sellar_pocos() -> tuple[float, float]:
    """Median seconds and pages read of sealing ten new events, and nothing else to seal."""
    sellar(ahora=timezone.now())
    vueltas = []
    for _ in range(VECES):
        _verter(POCOS)
        antes, inicio = _paginas(), time.perf_counter()
        sellar(ahora=timezone.now())
        vueltas.append((time.perf_counter() - inicio, _paginas() - antes))
    segundos, paginas = zip(*vueltas, strict=True)
    return median(segundos), median(paginas)


def _paginas() -> int:
    """How many PostgreSQL has read in this database, of its memory or of the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def _verter(cuantos: int) -> None:
    """Events of the system as the office makes them: of a few kinds, some with data of their own."""
    with connection.cursor() as cursor:
        cursor.execute(EVENTOS, {"cuantos": cuantos, "ahora": timezone.now() - timedelta(minutes=5)})


def _sellados() -> int:
    return Sello.objects.order_by("-n").values_list("n", flat=True).first() or 0
