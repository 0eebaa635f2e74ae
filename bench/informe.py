"""What a benchmark says: lines with a figure, its target and a verdict."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

import django
from django.db import connection

from bench.rondas import Reparto


@dataclass(frozen=True)
class Meta:
    """What must be reached: at least, or at most, a number."""

    al_menos: float | None = None
    a_lo_mas: float | None = None

    def __str__(self) -> str:
        return f"≥ {self.al_menos:g}" if self.al_menos is not None else f"≤ {self.a_lo_mas:g}"

    def veredicto(self, reparto: Reparto) -> str:
        """Met by the median; inconclusive while the target lies inside p10–p90 (the rule of the design)."""
        limite = self.al_menos if self.al_menos is not None else self.a_lo_mas
        assert limite is not None
        if reparto.p10 < limite < reparto.p90:
            return "no concluye"
        cumple = reparto.mediana >= limite if self.al_menos is not None else reparto.mediana <= limite
        return "cumple" if cumple else "NO CUMPLE"


@dataclass(frozen=True)
class Linea:
    """A row of the report. Without a target it is only told."""

    caso: str
    medida: str
    valor: Reparto | str
    meta: Meta | None = None

    @property
    def veredicto(self) -> str:
        return self.meta.veredicto(self.valor) if self.meta and isinstance(self.valor, Reparto) else ""


def exacto(numero: float) -> Reparto:
    """A figure that does not vary: queries, bytes, a slope of medians."""
    return Reparto(numero, numero, numero)


def pendiente(puntos: Sequence[tuple[float, float]]) -> float:
    """The slope of (size, cost) on logarithmic axes: 0 is flat, 1 grows as the size does."""
    xs, ys = [log(x) for x, _ in puntos], [log(y) for _, y in puntos]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)


def tabla(lineas: Iterable[tuple[str, Linea]]) -> str:
    """The rows as Markdown, aligned for whoever reads them in a terminal."""
    filas = [("", "caso", "medida", "valor (p10–p90)", "meta", "veredicto")]
    filas += [(p, x.caso, x.medida, str(x.valor), str(x.meta or ""), x.veredicto) for p, x in lineas]
    anchos = [max(len(fila[i]) for fila in filas) for i in range(len(filas[0]))]
    alineadas = [" | ".join(c.ljust(a) for c, a in zip(fila, anchos, strict=True)) for fila in filas]
    alineadas.insert(1, " | ".join("-" * max(a, 3) for a in anchos))
    return "\n".join(f"| {fila} |" for fila in alineadas)


def maquina() -> str:
    """Where and with what it was measured, in a line."""
    nucleos = len(os.sched_getaffinity(0))
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        servidor = cursor.fetchone()[0].split()[0]
    carga = os.getloadavg()[0]
    return (
        f"{nucleos} núcleos, Python {platform.python_version()}, Django {django.__version__}, "
        f"PostgreSQL {servidor}, carga {carga:.1f}\n"
    )
