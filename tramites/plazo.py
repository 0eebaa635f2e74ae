"""The arithmetic of the archive's term: months from date to date (matriz.md §6, FB1)."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def ultimo_dia(base: date, meses: int) -> date:
    """Last day, in Guatemala, on which the person may still act; the month's end cut short."""
    return base + relativedelta(months=meses)


def archivar_el(base: date, meses: int) -> date:
    """Day on which the Gestión is archived if nobody acted: the one after `ultimo_dia`."""
    return ultimo_dia(base, meses) + timedelta(days=1)
