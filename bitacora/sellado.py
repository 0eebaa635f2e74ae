"""Sealing: every committed event gets its link in the hash chain, and the chain its anchor outside."""

from datetime import datetime

import structlog
from django.db import connection, transaction
from django.utils import timezone

from bitacora import anclas
from bitacora.eventos import TipoEvento
from bitacora.models import Evento, PorSellar, Sello

registro = structlog.get_logger(__name__)
# PostgreSQL's advisory lock of whoever seals; any number that no other lock of the portal uses.
CANDADO = 53110


def sellar(*, ahora: datetime, lote: int = 1000) -> int:
    """Seal every event committed before the call, `lote` in a transaction, and anchor after each.

    Returns how many it sealed. The chain's order is the order of sealing: transactions commit out of the
    order of their ids, so an event may come after one with a higher id. Sealers queue; writers never wait on
    PostgreSQL, and on SQLite for one batch at most. A run that is cut leaves anchored what it sealed.
    """
    sellados = 0
    quedan = True
    while quedan:
        hechos, quedan = _sellar_lote(lote)
        sellados += hechos
        _anclar(ahora)
    return sellados


@transaction.atomic(durable=True)  # an anchor must never speak of seals that could roll back
def _sellar_lote(lote: int) -> tuple[int, bool]:
    """How many it sealed, and whether more may wait."""
    _esperar_turno()
    esperan = list(PorSellar.objects.order_by("pk").values_list("pk", flat=True)[:lote])
    ultimo = Sello.objects.order_by("n").last()
    n, huella = (ultimo.n, ultimo.huella) if ultimo else (0, Sello.GENESIS)
    sellos = []
    for evento in Evento.objects.filter(pk__in=esperan, sello=None).order_by("pk"):
        n, anterior = n + 1, huella
        huella = Sello.encadenar(anterior, evento.resumen)
        sellos.append(Sello(n=n, evento=evento, anterior=anterior, huella=huella))
    Sello.objects.bulk_create(sellos)
    PorSellar.objects.filter(pk__in=esperan).delete()
    return len(sellos), len(esperan) == lote


def _anclar(ahora: datetime) -> None:
    """What stops the anchor does not stop the sealing: it is told."""
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
    """An error of the technical log each time, and one event a day: its notice reaches whoever must look."""
    registro.exception("bitacora_en_riesgo", motivo=motivo)
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
