"""Checks that the log says today what it said when each act was written (S44)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Max

from bitacora import anclas
from bitacora.anclas import Ancla, AnclaIlegible
from bitacora.models import Anclaje, Evento, Sello

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

    Follows the chain from its first seal, holds it against the anchors, and then looks at what has no seal or
    no anchor yet, none of which may be older than ten minutes at `ahora`; and at whether the role that asks
    could lift the triggers (BITACORA_DE_OTRO_PAPEL). It can run while others write and seal.
    """
    try:
        # Read before the seals: a later anchor could speak of seals that this look will not see.
        dias, ultima = list(anclas.dias()), anclas.ultima()
        return next(_hallazgos(dias, ultima, ahora), None)
    except AnclaIlegible as error:
        return Hallazgo(f"Ancla {error}", "no se puede leer")


def _hallazgos(dias: list[Ancla], ultima: Ancla | None, ahora: datetime) -> Iterator[Hallazgo]:
    yield from _de_la_cadena(_por_sello([*dias, ultima] if ultima else dias))
    yield from _anclas_que_faltan(dias)
    yield from _sin_anclar(ahora)
    yield from _sin_sellar(ahora)
    yield from _del_papel()


def _por_sello(lineas: list[Ancla]) -> dict[int, list[Ancla]]:
    por_sello = defaultdict(list)
    for ancla in lineas:
        por_sello[ancla.n].append(ancla)
    return por_sello


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


def _anclas_que_faltan(dias: list[Ancla]) -> Iterator[Hallazgo]:
    """Those that the database remembers and the folder has lost."""
    leidas = {(a.fecha, a.n, a.huella) for a in dias}
    for anclaje in Anclaje.objects.order_by("fecha").iterator(chunk_size=2000):
        if (anclaje.fecha, anclaje.n, anclaje.huella) not in leidas:
            yield Hallazgo(str(anclaje), "no está en la carpeta de anclas")


def _sin_anclar(ahora: datetime) -> Iterator[Hallazgo]:
    """A tail that no anchor protects; read again, for what was sealed during this look."""
    ultima = anclas.ultima()
    cola = Sello.objects.filter(n__gt=ultima.n if ultima else 0)
    sello = cola.select_related("evento").order_by("n").first()
    if sello and sello.evento.ocurrido_en < ahora - MARGEN:
        yield Hallazgo(str(sello), "lleva más de diez minutos sin ancla")


def _sin_sellar(ahora: datetime) -> Iterator[Hallazgo]:
    for evento in Evento.objects.filter(sello=None).order_by("id").iterator(chunk_size=2000):
        yield from _del_evento(evento)
        if evento.ocurrido_en < ahora - MARGEN:
            yield Hallazgo(f"Evento {evento.pk}", "lleva más de diez minutos sin sello")


def _del_papel() -> Iterator[Hallazgo]:
    """The portal's role in the database must not own these tables, nor be above their triggers."""
    if settings.BITACORA_DE_OTRO_PAPEL and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(DE_QUIEN, [[t._meta.db_table for t in (Evento, Sello, Anclaje)]])
            papel, puede = cursor.fetchone()
        if puede:
            yield Hallazgo(f"Papel «{papel}» de la base", "es dueño de la bitácora y podría reescribirla")


DE_QUIEN = """
SELECT current_user, bool_or(r.rolsuper OR pg_has_role(current_user, c.relowner, 'MEMBER'))
FROM pg_class c, pg_roles r WHERE c.relname = ANY(%s) AND r.rolname = current_user
"""
