"""P7. Hundreds of papers in one process: what its memory grows by after the first hundred."""

import multiprocessing
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import bases
from bench.corrida import Corrida
from bench.informe import Linea, Meta, exacto
from bench.p06_papel import _reportlab, version_congelada
from papeles.generar import generar

TITULO = "La memoria de cientos de papeles"
ASENTADO = 100


def medir(corrida: Corrida) -> Iterator[Linea]:
    with bases.con(0):
        version = version_congelada()
        impreso, creado = (
            version.gestion.definicion.formulario_impreso(version.congelado()),
            version.confirmada_en,
        )
    hojas: dict[str, Callable[[], Any]] = {
        "formulario": lambda: generar(impreso, creado=creado),
        "reportlab": lambda: _reportlab(4),
    }
    total = 500 if corrida.completo else 200
    for caso, hacer in hojas.items():
        meta = Meta(a_lo_mas=3) if caso == "formulario" else None
        crece = f"MB de {ASENTADO} a {total} papeles"
        yield Linea(caso, crece, exacto(_en_un_hijo(hacer, total)), meta)


def _en_un_hijo(hacer: Callable[[], Any], total: int) -> float:
    """MB of growth, in a forked process that does nothing else."""
    contexto = multiprocessing.get_context("fork")
    recibe, envia = contexto.Pipe(duplex=False)
    hijo = contexto.Process(target=_crecer, args=(hacer, total, envia))
    hijo.start()
    crecio: float = recibe.recv()
    hijo.join()
    return crecio


def _crecer(hacer: Callable[[], Any], total: int, envia: Any) -> None:
    for _ in range(ASENTADO):
        hacer()
    antes = _memoria()
    for _ in range(total - ASENTADO):
        hacer()
    envia.send(_memoria() - antes)


def _memoria() -> float:
    """Resident MB of this process now."""
    hallado = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(hallado[1]) / 1024 if hallado else 0.0
