"""Sealing: every committed event gets its link in the hash chain, and the chain its anchor outside."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import structlog
from django.db import connection, transaction
from django.utils import timezone

from bitacora import anclas
from bitacora.conjunto import arreglo
from bitacora.eventos import TipoEvento
from bitacora.models import Evento, PorSellar, Sello

logger = structlog.get_logger(__name__)
# PostgreSQL's advisory lock of whoever seals; any number that no other lock of the portal uses.
CANDADO = 53110


def sellar(*, ahora: datetime, lote: int = 5000) -> int:
    """Seal every event committed before the call, `lote` in a transaction, and anchor after each.

    Returns how many it sealed. The chain's order is the order of sealing: transactions commit out of the
    order of their ids, so an event may come after one with a higher id. Sealers queue; writers never wait on
    PostgreSQL, and on SQLite for one batch at most. A run that is cut leaves anchored what it sealed.
    """
    sellados, ultimo = 0, 0
    while True:
        esperan, hechos = _sellar_lote(lote, tras=ultimo)
        sellados += hechos
        _anclar(ahora)
        if len(esperan) < lote:
            return sellados
        ultimo = esperan[-1]


@transaction.atomic(durable=True)  # an anchor must never speak of seals that could roll back
def _sellar_lote(lote: int, tras: int) -> tuple[list[int], int]:
    """Seal the next `lote` of the queue; the keys taken from it, and how many of them were sealed.

    It starts after `tras`, the last key of the previous batch: PostgreSQL would otherwise walk again the
    index entries of the rows that this run has already deleted.
    """
    _esperar_turno()
    cola = PorSellar.objects.filter(pk__gt=tras).order_by("pk")
    esperan = list(cola.values_list("pk", flat=True)[:lote])
    eventos = Evento.objects.filter(pk__en=esperan, sello=None).order_by("pk").values_list("pk", "resumen")
    sellos = list(_encadenar(eventos))
    _insertar(sellos)
    PorSellar.objects.filter(pk__en=esperan).delete()
    return esperan, len(sellos)


def _encadenar(eventos: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, str, str]]:
    """The next link of the chain for each event, key and digest: its columns, in their order."""
    n, huella = Sello.objects.order_by("n").values_list("n", "huella").last() or (0, Sello.GENESIS)
    for evento, resumen in eventos:
        n, anterior = n + 1, huella
        huella = Sello.encadenar(anterior, resumen)
        yield n, evento, anterior, huella


def _insertar(sellos: list[tuple[int, int, str, str]]) -> None:
    """Insert them in one statement; PostgreSQL receives each column as one array."""
    if connection.vendor != "postgresql":
        columnas = ("n", "evento_id", "anterior", "huella")
        Sello.objects.bulk_create(Sello(**dict(zip(columnas, s, strict=True))) for s in sellos)
    elif sellos:
        with connection.cursor() as cursor:
            cursor.execute(INSERTAR, [arreglo(columna) for columna in zip(*sellos, strict=True)])


INSERTAR = """
INSERT INTO bitacora_sello (n, evento_id, anterior, huella)
SELECT * FROM unnest(CAST(%s AS bigint[]), CAST(%s AS bigint[]), CAST(%s AS text[]), CAST(%s AS text[]))
"""


def _anclar(ahora: datetime) -> None:
    """Anchor the chain. A failure does not stop the sealing: it is logged and reported."""
    try:
        with transaction.atomic(durable=True):
            _esperar_turno()
            anclas.anclar(ahora=ahora)
    except (OSError, anclas.AnclaIlegible):
        _denunciar("ancla_no_escrita", ahora)
    except anclas.AnclasPerdidas:
        _denunciar("anclas_perdidas", ahora)
    except anclas.CadenaRota:
        _denunciar("cadena_rota", ahora)


def _denunciar(motivo: str, ahora: datetime) -> None:
    """Log the error each time; once a day, write an event as well, whose notice goes to the staff."""
    logger.exception("bitacora_en_riesgo", motivo=motivo)
    hoy = timezone.localdate(ahora)
    with transaction.atomic(durable=True):
        _esperar_turno()
        dichos = Evento.objects.filter(tipo=TipoEvento.BITACORA_EN_RIESGO, datos__motivo=motivo)
        if not dichos.filter(ocurrido_en__date=hoy).exists():
            Evento.objects.registrar(TipoEvento.BITACORA_EN_RIESGO, ahora=ahora, datos={"motivo": motivo})


def _esperar_turno() -> None:
    """One sealer at a time, until its transaction ends; SQLite's IMMEDIATE transactions already queue."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CANDADO])
