"""Checks that the log says today what it said when each act was written (S44)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Max

from bitacora import anclas
from bitacora.anclas import Ancla, AnclaIlegible
from bitacora.models import Anclaje, Evento, Sello, resumir

MARGEN = timedelta(minutes=10)
# Seals asked for at a time.
LOTE = 5000
# What an event states, after its digest: in the order that `resumir` takes it.
COLUMNAS = ("resumen", "tipo", "ocurrido_en", "actor", "papel", "gestion", "datos")


@dataclass(frozen=True)
class Hallazgo:
    """The row that does not hold, and why, in Spanish for whoever audits."""

    fila: str
    motivo: str

    def __str__(self) -> str:
        return f"{self.fila}: {self.motivo}"


def verificar(
    *, ahora: datetime, desde: date | None = None, avance: Callable[[int, int], None] | None = None
) -> Hallazgo | None:
    """The first row of the log that does not hold, or None when all of it does.

    Follows the chain from its first seal, holds it against the anchors, and then looks at what has no seal or
    no anchor yet, none of which may be older than ten minutes at `ahora`; and at whether the role that asks
    could lift the triggers (BITACORA_DE_OTRO_PAPEL). It can run while others write and seal, in constant
    memory. `desde` trusts the anchor of that day, or of the last one before, and follows the chain from it;
    `avance` is told now and then how many seals it has seen, and of how many.
    """
    try:
        # Read before the seals: a later anchor could speak of seals that this look will not see.
        dias, ultima = list(anclas.dias()), anclas.ultima()
        return next(_hallazgos(dias, ultima, ahora, desde, avance or _callado), None)
    except AnclaIlegible as error:
        return Hallazgo(f"Ancla {error}", "no se puede leer")


def _hallazgos(
    dias: list[Ancla],
    ultima: Ancla | None,
    ahora: datetime,
    desde: date | None,
    avance: Callable[[int, int], None],
) -> Iterator[Hallazgo]:
    primero = max((ancla.n for ancla in dias if desde and ancla.fecha <= desde), default=1)
    yield from _de_la_cadena(_por_sello([*dias, ultima] if ultima else dias), primero, avance)
    yield from _anclas_que_faltan(dias)
    yield from _sin_anclar(ahora)
    yield from _sin_sellar(ahora)
    yield from _del_papel()


def _callado(vistos: int, de: int) -> None:
    """Nobody asked how far it is."""


def _por_sello(lineas: list[Ancla]) -> dict[int, list[Ancla]]:
    por_sello = defaultdict(list)
    for ancla in lineas:
        por_sello[ancla.n].append(ancla)
    return por_sello


class Eslabon(NamedTuple):
    """A seal and the event that it fixes, as the database gives them."""

    n: int
    anterior: str
    huella: str
    evento: int
    resumen: str
    tipo: str
    ocurrido_en: datetime
    actor: int | None
    papel: str
    gestion: int | None
    datos: Any

    @classmethod
    def tras(cls, n: int) -> "list[Eslabon]":
        """The `LOTE` after that one; the join leaves out a seal whose event is gone."""
        filas = Sello.objects.filter(n__gt=n, n__lte=n + LOTE).order_by("n")
        del_evento = [f"evento__{columna}" for columna in COLUMNAS]
        return [cls(*fila) for fila in filas.values_list("n", "anterior", "huella", "evento_id", *del_evento)]


def _de_la_cadena(
    anclados: dict[int, list[Ancla]], primero: int, avance: Callable[[int, int], None]
) -> Iterator[Hallazgo]:
    """Every link from `primero` on; a seal that is not there is a gap, like one whose event is gone."""
    tope = max(Sello.objects.aggregate(tope=Max("n"))["tope"] or 0, *anclados, 0)
    n, anterior = primero - 1, Sello.GENESIS if primero == 1 else None
    while n < tope:
        avance(n, tope)
        lote = Eslabon.tras(n)
        for eslabon in lote:
            n += 1
            if eslabon.n != n:
                yield _falta(n)
            yield from _del_eslabon(eslabon, anterior, anclados.get(n, []))
            anterior = eslabon.huella
        if len(lote) < LOTE and n < tope:
            yield _falta(n + 1)
            return


def _falta(n: int) -> Hallazgo:
    return Hallazgo(f"Sello {n}", "falta el sello o su evento")


def _del_eslabon(eslabon: Eslabon, anterior: str | None, lineas: list[Ancla]) -> Iterator[Hallazgo]:
    if not _intacto(eslabon.resumen, *eslabon[5:]):
        yield _alterado(eslabon.evento)
    if anterior not in (None, eslabon.anterior):
        yield Hallazgo(f"Sello {eslabon.n}", "no sigue al sello anterior")
    if eslabon.huella != Sello.encadenar(eslabon.anterior, eslabon.resumen):
        yield Hallazgo(f"Sello {eslabon.n}", f"su huella no es la del evento {eslabon.evento}")
    for ancla in lineas:
        if ancla.huella != eslabon.huella:
            yield Hallazgo(f"Sello {eslabon.n}", f"no coincide con el ancla del {ancla.fecha:%d-%m-%Y}")


def _alterado(evento: int) -> Hallazgo:
    return Hallazgo(f"Evento {evento}", "su contenido no es el que se registró")


def _intacto(resumen: str, *columnas: Any) -> bool:
    try:
        return resumen == resumir(*columnas)
    except (AttributeError, TypeError, ValueError):  # a forged row may hold what could never be registered
        return False


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
    filas = Evento.objects.filter(sello=None).order_by("id").values_list("id", "ocurrido_en", *COLUMNAS)
    for evento, ocurrido_en, resumen, *columnas in filas.iterator(chunk_size=LOTE):
        if not _intacto(resumen, *columnas):
            yield _alterado(evento)
        if ocurrido_en < ahora - MARGEN:
            yield Hallazgo(f"Evento {evento}", "lleva más de diez minutos sin sello")


def _del_papel() -> Iterator[Hallazgo]:
    """The portal's role in the database must not own these tables, nor be above their triggers."""
    if settings.BITACORA_DE_OTRO_PAPEL and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(DE_QUIEN, [[t._meta.db_table for t in (Evento, Sello, Anclaje)]])
            papel, puede = cursor.fetchone()
        if puede:
            yield Hallazgo(f"Papel «{papel}» de la base", "es dueño de la bitácora y podría reescribirla")


# Of a table: its owner, its schema's, who may drop what is in it, and that of what its triggers run.
DE_QUIEN = """
SELECT current_user, bool_or(r.rolsuper OR pg_has_role(current_user, d.dueno, 'MEMBER'))
FROM pg_roles r, (
    SELECT relowner AS dueno, oid AS tabla FROM pg_class
    UNION SELECT n.nspowner, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    UNION SELECT p.proowner, t.tgrelid FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
) d
WHERE d.tabla = ANY(%s::regclass[]) AND r.rolname = current_user
"""
