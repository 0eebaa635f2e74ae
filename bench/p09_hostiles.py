"""P9. Hostile files: how long a verdict takes, what its child weighs, and what others notice meanwhile."""

import io
import resource
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from typing import Any

import pikepdf
import pypdfium2

from bench import bases
from bench.corrida import PISO, Corrida, persona
from bench.informe import Linea, Meta, exacto
from bench.rondas import Reparto
from bench.servidor import a_la_vez, latencias, p95, servidor
from papeles.inspeccionar import Limites, PdfRechazado, inspeccionar
from tests.papeles.test_hostiles import HOSTILES

TITULO = "Archivos hostiles"
LIMITES = Limites(max_mb=10, max_paginas=100)
SEGUNDOS = 4


def medir(corrida: Corrida) -> Iterator[Linea]:
    veredictos = {nombre: _segundos(partial(_juzgar, datos)) for nombre, datos in HOSTILES.items()}
    peor = max(veredictos, key=lambda nombre: veredictos[nombre])
    yield Linea(
        f"{len(HOSTILES)} archivos, el peor: {peor}",
        "s de veredicto",
        exacto(veredictos[peor]),
        Meta(a_lo_mas=3),
    )
    hijo = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Linea("el hijo más pesado", "MB", exacto(round(hijo)), Meta(a_lo_mas=256))
    for par, abrir in {"qpdf (pikepdf)": _pikepdf, "pdfium": _pdfium}.items():
        tiempos = [_segundos(partial(abrir, datos)) for datos in HOSTILES.values()]
        yield Linea(f"{par}, abrir y contar hojas, el peor", "s", exacto(max(tiempos)))
    yield from _los_demas(corrida)


def _los_demas(corrida: Corrida) -> Iterator[Linea]:
    """The floor's page under two people who upload nothing but hostile files."""
    with bases.con(0), servidor() as portal:
        navegador = corrida.navegador(persona())
        razones = []
        for _ in range(7):
            en_paz = p95(latencias(portal, navegador, PISO, SEGUNDOS / 2))
            fin = threading.Event()
            atacantes = [threading.Thread(target=_atacar, args=(fin,)) for _ in range(2)]
            with a_la_vez(*atacantes):
                razones.append(p95(latencias(portal, navegador, PISO, SEGUNDOS / 2)) / en_paz)
                fin.set()
        yield Linea("las demás páginas, p95", "veces lo usual", Reparto.de(razones), Meta(a_lo_mas=1.5))


def _atacar(fin: threading.Event) -> None:
    for datos in cycle(HOSTILES.values()):
        if fin.is_set():
            return
        _juzgar(datos)


def _segundos(hacer: Callable[[], Any]) -> float:
    antes = time.perf_counter()
    hacer()
    return round(time.perf_counter() - antes, 2)


def _juzgar(datos: bytes) -> None:
    try:
        inspeccionar(io.BytesIO(datos), limites=LIMITES)
    except PdfRechazado:
        return


def _pikepdf(datos: bytes) -> None:
    try:
        with pikepdf.open(io.BytesIO(datos)) as pdf:
            len(pdf.pages)
    except Exception:  # it may refuse: only its time is asked
        return


def _pdfium(datos: bytes) -> None:
    try:
        len(pypdfium2.PdfDocument(datos))
    except Exception:  # likewise
        return
