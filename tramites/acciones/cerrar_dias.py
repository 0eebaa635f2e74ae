"""Add up the days that are over, so that the statistics do not count them again."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Sum

from tramites.models.cifra import DIA, Cifra, Concepto, Grano

# Days that each run adds up again, for what slow transactions committed after they were closed.
DE_NUEVO = 3
LOTE = 2_000
# PostgreSQL's advisory lock of whoever closes days; any number that no other lock of the portal uses.
CANDADO = 53112


@transaction.atomic
def cerrar_dias(*, hoy: date, todo: bool = False) -> date:
    """Add up every day not closed yet, until yesterday, which it returns. With `todo`, all of them again.

    One transaction; repeating it changes nothing; two at once run one after the other.
    """
    _esperar_turno()
    cerrado, ayer = Cifra.objects.desde_el_principio()[0], hoy - DIA
    desde = None if todo or cerrado is None else min(cerrado, ayer) - DE_NUEVO * DIA
    _borrar(desde)
    _guardar(
        (Grano.DIA, dia, tramite, concepto, clave, n)
        for (dia, tramite, concepto, clave), n in Cifra.objects.contar(desde, ayer).items()
    )
    _guardar(_semanas(desde, ayer))
    _guardar(_siempre(ayer))
    return ayer


def _esperar_turno() -> None:
    """Wait for an advisory lock (closing replaces rows, so no row can be locked); SQLite already queues."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CANDADO])


def _borrar(desde: date | None) -> None:
    """Delete the sums of the days from `desde` on, of the weeks with any of them, and the grand totals."""
    Cifra.objects.filter(grano=Grano.SIEMPRE).delete()
    if desde is None:
        Cifra.objects.all().delete()
    else:
        Cifra.objects.filter(grano=Grano.DIA, desde__gte=desde).delete()
        Cifra.objects.filter(grano=Grano.SEMANA, desde__gte=_lunes(desde)).delete()


Fila = tuple[str, date, str, str, str, int]


def _semanas(desde: date | None, ayer: date) -> Iterable[Fila]:
    """The weeks that are over, from their days."""
    dias = Cifra.objects.filter(grano=Grano.DIA, desde__lt=_lunes(ayer + DIA))
    if desde:
        dias = dias.filter(desde__gte=_lunes(desde))
    semanas: Counter[tuple[date, str, str, str]] = Counter()
    columnas = ("desde", "tramite", "concepto", "clave", "n")
    for dia, tramite, concepto, clave, n in dias.values_list(*columnas).iterator(LOTE):
        semanas[_lunes(dia), tramite, concepto, clave] += n
    return ((Grano.SEMANA, *de, n) for de, n in semanas.items())


def _siempre(ayer: date) -> Iterable[Fila]:
    """The totals of each procedure at the last closed day, and zeros, which say the day if there are none."""
    yield from ((Grano.SIEMPRE, ayer, "", concepto.value, "", 0) for concepto in Concepto)
    dias = Cifra.objects.filter(grano=Grano.DIA).values_list("tramite", "concepto").annotate(Sum("n"))
    for tramite, concepto, n in dias.order_by():
        yield Grano.SIEMPRE, ayer, tramite, concepto, "", n


def _guardar(filas: Iterable[Fila]) -> None:
    Cifra.objects.bulk_create(
        (Cifra(grano=g, desde=d, tramite=t, concepto=c, clave=k, n=n) for g, d, t, c, k, n in filas),
        batch_size=LOTE,
    )


def _lunes(dia: date) -> date:
    return dia - timedelta(days=dia.weekday())
