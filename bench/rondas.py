"""How something is timed: in rounds, shuffled, each window beside one of the floor's; ratios, never times."""

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median, quantiles

RONDAS = 9
VENTANA_S = 0.12
LLAMADAS_MINIMO = 3

Llamada = Callable[[], object]


@dataclass(frozen=True)
class Ventana:
    """One window: seconds of processor of this process for a call, and each call's seconds on the wall."""

    cpu: float
    pared: tuple[float, ...]

    @property
    def pared_mediana(self) -> float:
        return median(self.pared)

    @property
    def pared_p95(self) -> float:
        return _p95(self.pared)


@dataclass(frozen=True)
class Reparto:
    """Median, and the tenth and ninetieth percentiles, of what the rounds gave."""

    mediana: float
    p10: float
    p90: float

    @classmethod
    def de(cls, valores: Iterable[float]) -> "Reparto":
        """At least one value."""
        lista = sorted(valores)
        if len(lista) < 2:
            return cls(lista[0], lista[0], lista[0])
        cortes = quantiles(lista, n=10, method="inclusive")
        return cls(median(lista), cortes[0], cortes[-1])

    def __str__(self) -> str:
        return f"{_corto(self.mediana)} ({_corto(self.p10)}–{_corto(self.p90)})"


@dataclass
class Serie:
    """What a case gave in each round, beside the floor of the same round."""

    ventanas: list[Ventana] = field(default_factory=list)
    pisos: list[Ventana] = field(default_factory=list)

    @property
    def cpu_ms(self) -> Reparto:
        """Milliseconds of processor for a call."""
        return Reparto.de(v.cpu * 1000 for v in self.ventanas)

    @property
    def pared_ms(self) -> Reparto:
        """Milliseconds on the wall for a call."""
        return Reparto.de(v.pared_mediana * 1000 for v in self.ventanas)

    def ritmo_del_piso(self) -> Reparto:
        """Its requests a second over the floor's: 1 is as fast as the floor; by processor time."""
        return Reparto.de(p.cpu / v.cpu for v, p in zip(self.ventanas, self.pisos, strict=True))

    def pared_sobre_piso(self) -> Reparto:
        """Its wall time over the floor's, with what the database works."""
        pares = zip(self.ventanas, self.pisos, strict=True)
        return Reparto.de(v.pared_mediana / p.pared_mediana for v, p in pares)

    def veces(self, otra: "Serie", *, pared: bool = False) -> Reparto:
        """How many times faster than `otra`, round by round."""
        pares = zip(self.ventanas, otra.ventanas, strict=True)
        if pared:
            return Reparto.de(o.pared_mediana / v.pared_mediana for v, o in pares)
        return Reparto.de(o.cpu / v.cpu for v, o in pares)

    def p95_ms(self) -> float:
        """The ninety-fifth percentile of every call on the wall."""
        return 1000 * _p95([t for v in self.ventanas for t in v.pared])

    def p95_sobre(self, otra: "Serie") -> Reparto:
        """Its ninety-fifth percentile over that of `otra`, round by round, each over its floor's median."""
        propias, ajenas = (
            [v.pared_p95 / p.pared_mediana for v, p in zip(s.ventanas, s.pisos, strict=True)]
            for s in (self, otra)
        )
        return Reparto.de(a / b for a, b in zip(propias, ajenas, strict=True))


def rondas(
    casos: dict[str, Llamada], piso: Llamada, *, n: int = RONDAS, ventana_s: float = VENTANA_S
) -> dict[str, Serie]:
    """Time the cases; a call must cost the same however often it is made."""
    series: dict[str, Serie] = {nombre: Serie() for nombre in casos}
    azar = random.Random(7)
    for llamada in (piso, *casos.values()):
        llamada()
    for _ in range(n):
        for nombre in azar.sample(list(casos), len(casos)):
            series[nombre].pisos.append(_ventana(piso, ventana_s))
            series[nombre].ventanas.append(_ventana(casos[nombre], ventana_s))
    return series


def _ventana(llamada: Llamada, ventana_s: float) -> Ventana:
    pared: list[float] = []
    inicio_cpu, inicio = time.process_time(), time.perf_counter()
    while len(pared) < LLAMADAS_MINIMO or time.perf_counter() - inicio < ventana_s:
        antes = time.perf_counter()
        llamada()
        pared.append(time.perf_counter() - antes)
    return Ventana((time.process_time() - inicio_cpu) / len(pared), tuple(pared))


def _p95(valores: Iterable[float]) -> float:
    ordenados = sorted(valores)
    return ordenados[min(len(ordenados) - 1, int(len(ordenados) * 0.95))]


def _corto(numero: float) -> str:
    return f"{numero:.0f}" if abs(numero) >= 100 else f"{numero:.3g}"
