"""The arithmetic of terms: months from date to date (matriz.md §6, FB1) and working days (§5)."""

from collections.abc import Container
from datetime import date, timedelta

import holidays
from dateutil.relativedelta import relativedelta

FERIADOS = holidays.country_holidays("GT")
SABADO = 5


def ultimo_dia(base: date, meses: int) -> date:
    """Last day, in Guatemala, on which the person may still act; the month's end cut short."""
    return base + relativedelta(months=meses)


def archivar_el(base: date, meses: int) -> date:
    """Day on which the Gestión is archived if nobody acted: the one after `ultimo_dia`."""
    return ultimo_dia(base, meses) + timedelta(days=1)


def es_habil(dia: date, asuetos: Container[date] = ()) -> bool:
    """Whether the office works: neither weekend, nor holiday of the law, nor in `asuetos`."""
    return dia.weekday() < SABADO and dia not in FERIADOS and dia not in asuetos


def dia_habil(base: date, dias: int, asuetos: Container[date] = ()) -> date:
    """The `dias`-th working day after `base`, which does not count."""
    dia = base
    while dias:
        dia += timedelta(days=1)
        dias -= es_habil(dia, asuetos)
    return dia
