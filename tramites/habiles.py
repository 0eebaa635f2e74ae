"""Business days of Guatemala: Monday to Friday less the holidays (formatos.md, «Días hábiles»). Pure.

A calculated term, never a certified one.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

SABADO = 5
DIA = timedelta(days=1)


@cache
def feriados(anio: int) -> frozenset[date]:
    """The holidays of the law in a year; a set of its own each time, which no thread sees half made."""
    return frozenset(holidays.country_holidays("GT", years=anio))


@dataclass(frozen=True)
class Calendario:
    """The days on which the office works; `extras` are those it rests beyond the holidays of the law."""

    extras: frozenset[date] = frozenset()

    def es_habil(self, dia: date) -> bool:
        """Whether the office works that day."""
        return dia.weekday() < SABADO and dia not in feriados(dia.year) and dia not in self.extras

    def transcurridos(self, desde: date, hasta: date) -> int:
        """Business days after `desde` up to `hasta`; 0 if it has not come."""
        return sum(self.es_habil(desde + n * DIA) for n in range(1, (hasta - desde).days + 1))

    def despues(self, base: date, dias: int) -> date:
        """The `dias`-th business day after `base`, which does not count."""
        dia = base
        while dias:
            dia += DIA
            dias -= self.es_habil(dia)
        return dia

    def hace(self, dias: int, hoy: date) -> date:
        """The latest date since which `dias` business days have passed by `hoy`."""
        dia = hoy
        while dias:
            dias -= self.es_habil(dia)
            dia -= DIA
        return dia
