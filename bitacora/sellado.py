"""Sealing: every committed event gets its link in the hash chain, and every day its anchor."""

from datetime import datetime

from django.db import connection, transaction

from bitacora.anclas import anclar
from bitacora.models import Evento, Sello

# PostgreSQL's advisory lock of whoever seals; any number that no other lock of the portal uses.
CANDADO = 53110


def sellar(*, ahora: datetime, lote: int = 1000) -> int:
    """Seal every event committed before the call, `lote` in a transaction, and anchor the day of `ahora`.

    Returns how many it sealed. The chain's order is the order of sealing: transactions commit out of the
    order of their ids, so an event may come after one with a higher id. Sealers queue; writers never wait on
    PostgreSQL, and on SQLite for one batch at most.
    """
    sellados = 0
    while (hechos := _sellar_lote(lote)) == lote:
        sellados += lote
    anclar(ahora=ahora)
    return sellados + hechos


@transaction.atomic(durable=True)  # an anchor must never speak of seals that could roll back
def _sellar_lote(lote: int) -> int:
    _esperar_turno()
    ultimo = Sello.objects.order_by("n").last()
    n, huella = (ultimo.n, ultimo.huella) if ultimo else (0, Sello.GENESIS)
    sellos = []
    for evento in Evento.objects.filter(sello=None).order_by("id")[:lote]:
        n += 1
        sello = Sello(n=n, evento=evento, anterior=huella)
        sello.huella = huella = sello.calcular_huella()
        sellos.append(sello)
    Sello.objects.bulk_create(sellos)
    return len(sellos)


def _esperar_turno() -> None:
    """One sealer at a time, until its transaction ends; SQLite's IMMEDIATE transactions already queue."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CANDADO])
