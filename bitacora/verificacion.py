"""Checks that the log says today what it said when each act was written (S44)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from bitacora import anclas
from bitacora.anclas import Ancla, AnclaIlegible
from bitacora.models import Evento, Sello

MARGEN = timedelta(minutes=10)


@dataclass(frozen=True)
class Hallazgo:
    """The row that does not hold, and why, in Spanish for whoever audits."""

    fila: str
    motivo: str

    def __str__(self) -> str:
        return f"{self.fila}: {self.motivo}"


def verificar(*, ahora: datetime) -> Hallazgo | None:
    """The first row of the log that does not hold, or None when all of it does.

    Follows the chain from its first seal, holds it against the anchors, and then looks at the events without
    a seal, none of which may be older than ten minutes at `ahora`. It can run while others write and seal.
    """
    try:
        # Read before the seals: a later anchor could speak of seals that this look will not see.
        anclados = _por_sello(anclas.leer())
    except AnclaIlegible as error:
        return Hallazgo(f"Ancla {error}", "no se puede leer")
    return next(_hallazgos(anclados, ahora), None)


def _por_sello(lineas: Iterator[Ancla]) -> dict[int, list[Ancla]]:
    por_sello = defaultdict(list)
    for ancla in lineas:
        por_sello[ancla.n].append(ancla)
    return por_sello


def _hallazgos(anclados: dict[int, list[Ancla]], ahora: datetime) -> Iterator[Hallazgo]:
    yield from _de_la_cadena(anclados)
    yield from _sin_sellar(ahora)


def _de_la_cadena(anclados: dict[int, list[Ancla]]) -> Iterator[Hallazgo]:
    tope = Sello.objects.aggregate(tope=Max("n"))["tope"] or 0
    n, huella = 0, Sello.GENESIS
    # The join leaves out a seal whose event is gone: that shows as a gap, like a lost seal.
    sellos = Sello.objects.filter(n__lte=tope).select_related("evento").order_by("n")
    for sello in sellos.iterator(chunk_size=2000):
        n += 1
        if sello.n != n:
            yield _falta(n)
        yield from _del_sello(sello, huella)
        yield from _de_las_anclas(sello, anclados.get(n, []))
        huella = sello.huella
    if n < max(tope, *anclados, 0):
        yield _falta(n + 1)


def _falta(n: int) -> Hallazgo:
    return Hallazgo(f"Sello {n}", "falta el sello o su evento")


def _del_sello(sello: Sello, anterior: str) -> Iterator[Hallazgo]:
    yield from _del_evento(sello.evento)
    if sello.anterior != anterior:
        yield Hallazgo(str(sello), "no sigue al sello anterior")
    if sello.huella != sello.calcular_huella():
        yield Hallazgo(str(sello), f"su huella no es la del evento {sello.evento_id}")


def _del_evento(evento: Evento) -> Iterator[Hallazgo]:
    if not _intacto(evento):
        yield Hallazgo(f"Evento {evento.pk}", "su contenido no es el que se registró")


def _intacto(evento: Evento) -> bool:
    try:
        return evento.resumen == evento.calcular_resumen()
    except (AttributeError, TypeError, ValueError):  # a forged row may hold what could never be registered
        return False


def _de_las_anclas(sello: Sello, lineas: list[Ancla]) -> Iterator[Hallazgo]:
    for ancla in lineas:
        if ancla.huella != sello.huella:
            yield Hallazgo(str(sello), f"no coincide con el ancla del {ancla.fecha:%d-%m-%Y}")


def _sin_sellar(ahora: datetime) -> Iterator[Hallazgo]:
    for evento in Evento.objects.filter(sello=None).order_by("id").iterator(chunk_size=2000):
        yield from _del_evento(evento)
        if evento.ocurrido_en < ahora - MARGEN:
            yield Hallazgo(f"Evento {evento.pk}", "lleva más de diez minutos sin sello")
