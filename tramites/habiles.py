"""Business days of Guatemala: Monday to Friday less the holidays (formatos.md, «Días hábiles»). Pure.

A calculated term, never a certified one: holidays by government agreement are not known here.
"""

from datetime import date, timedelta

import holidays

ASUETOS = holidays.country_holidays("GT")
DIA = timedelta(days=1)


def es_habil(dia: date) -> bool:
    """Whether the office works that day."""
    return dia.weekday() < 5 and dia not in ASUETOS


def transcurridos(desde: date, hasta: date) -> int:
    """Business days after `desde` up to `hasta`, both dates of Guatemala; 0 if it has not come."""
    return sum(es_habil(desde + n * DIA) for n in range(1, (hasta - desde).days + 1))


def hace(dias: int, hoy: date) -> date:
    """The latest date since which `dias` business days have passed by `hoy`."""
    dia = hoy
    while dias > 0:
        dias -= es_habil(dia)
        dia -= DIA
    return dia
