"""Checks that the log says today what it said when each act was written (S44)."""

import gc
import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Max, TextField
from django.db.models.functions import Cast

from bitacora import anclas
from bitacora.anclas import Ancla, AnclaIlegible
from bitacora.models import Anclaje, Evento, PorSellar, Sello, resumir_leido

MARGEN = timedelta(minutes=10)
# Seals read by one query, and seals that one process verifies on its own.
LOTE = 5000
TRAMO = 100_000
# The columns of an event: its digest, then the arguments of `resumir_leido` in order.
COLUMNAS = ("resumen", "tipo", "ocurrido_en", "actor", "papel", "gestion", Cast("datos", TextField()))


@dataclass(frozen=True)
class Hallazgo:
    """The row that does not hold, and why, in Spanish for whoever audits."""

    fila: str
    motivo: str

    def __str__(self) -> str:
        return f"{self.fila}: {self.motivo}"


def verificar(
    *,
    ahora: datetime,
    desde: date | None = None,
    avance: Callable[[int, int], None] | None = None,
    procesos: int = 1,
) -> Hallazgo | None:
    """The first row of the log that does not hold, or None when all of it does.

    Follows the chain from its first seal, holds it against the anchors, and then looks at what has no seal or
    no anchor yet, none of which may be older than ten minutes at `ahora`; and at whether the role that asks
    could lift the triggers (BITACORA_DE_OTRO_PAPEL). It can run while others write and seal, in constant
    memory. `desde` trusts the anchor of that day, or of the last one before, and follows the chain from it:
    nothing older is looked at. `avance` is told after each stretch how many seals were seen, and of how many.
    With several `procesos`, whoever calls has no transaction open.
    """
    try:
        # Read before the seals: a later anchor could speak of seals that this look will not see.
        dias, ultima = list(anclas.dias()), anclas.ultima()
        return next(_hallazgos(dias, ultima, ahora, desde, avance or _callado, procesos), None)
    except AnclaIlegible as error:
        return Hallazgo(f"Ancla {error}", "no se puede leer")


def _hallazgos(
    dias: list[Ancla],
    ultima: Ancla | None,
    ahora: datetime,
    desde: date | None,
    avance: Callable[[int, int], None],
    procesos: int,
) -> Iterator[Hallazgo]:
    primero = max((ancla.n for ancla in dias if desde and ancla.fecha <= desde), default=1)
    yield from _de_la_cadena(_por_sello([*dias, ultima] if ultima else dias), primero, avance, procesos)
    yield from _anclas_que_faltan(dias)
    yield from _sin_anclar(ahora)
    yield from _sin_sellar(ahora, primero)
    yield from _del_papel()


def _callado(vistos: int, de: int) -> None:
    """The default for `avance`: reports nothing."""


def _por_sello(lineas: list[Ancla]) -> dict[int, list[Ancla]]:
    por_sello = defaultdict(list)
    for ancla in lineas:
        por_sello[ancla.n].append(ancla)
    return por_sello


class Eslabon(NamedTuple):
    """A seal, and what the event that it fixes states (`COLUMNAS`), as the database gives them."""

    n: int
    anterior: str
    huella: str
    evento: int
    dicho: tuple[Any, ...]

    @classmethod
    def entre(cls, n: int, hasta: int) -> "list[Eslabon]":
        """The links after `n` and up to `hasta`; a seal whose event was deleted is left out.

        Two queries by key instead of a join, so that stale statistics cannot lead to a scan of the tables.
        """
        lote = Sello.objects.filter(n__gt=n, n__lte=hasta).order_by("n")
        sellos = list(lote.values_list("n", "anterior", "huella", "evento_id"))
        filas = Evento.objects.filter(pk__en=[evento for *_, evento in sellos]).values_list("pk", *COLUMNAS)
        eventos = {fila[0]: fila[1:] for fila in filas}
        return [cls(*sello, eventos[sello[3]]) for sello in sellos if sello[3] in eventos]


def _de_la_cadena(
    anclados: dict[int, list[Ancla]], primero: int, avance: Callable[[int, int], None], procesos: int
) -> Iterator[Hallazgo]:
    """Verify every link from `primero` on, by stretches of `TRAMO`; stops at the first finding, in order."""
    tope = max(Sello.objects.aggregate(tope=Max("n"))["tope"] or 0, *anclados, 0)
    tramos = range(primero, tope + 1, TRAMO)
    mirar = partial(_del_tramo, anclados, primero, tope)
    for inicio, hallazgo in zip(tramos, _en_orden(mirar, tramos, procesos), strict=False):
        if hallazgo:
            yield hallazgo
            return
        avance(min(inicio + TRAMO - 1, tope), tope)


def _en_orden(
    mirar: Callable[[int], Hallazgo | None], tramos: range, procesos: int
) -> Iterator[Hallazgo | None]:
    """The result of `mirar` for each stretch, in order, computed by up to `procesos` processes."""
    if procesos < 2 or len(tramos) < 2:
        yield from map(mirar, tramos)
        return
    _soltar_la_conexion()  # a forked child must not share the connection's socket with its parent
    hijos = ProcessPoolExecutor(procesos, multiprocessing.get_context("fork"), _sin_prisa)
    with hijos:
        try:
            yield from hijos.map(mirar, tramos)
        finally:
            hijos.shutdown(cancel_futures=True)


def _sin_prisa() -> None:
    """Collect garbage less often: rows make no cycles, and looking for them took a fifth of the time."""
    gc.set_threshold(40 * LOTE)


def _soltar_la_conexion() -> None:
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]


def _del_tramo(anclados: dict[int, list[Ancla]], primero: int, tope: int, inicio: int) -> Hallazgo | None:
    """The first finding of the stretch that begins at `inicio`, compared with the seal before it."""
    anterior = Sello.GENESIS if inicio == 1 else None
    if inicio > primero:
        anterior = Sello.objects.filter(n=inicio - 1).values_list("huella", flat=True).first()
    hasta = min(inicio + TRAMO - 1, tope)
    return next(_de_los_eslabones(anclados, inicio - 1, hasta, anterior), None)


def _de_los_eslabones(
    anclados: dict[int, list[Ancla]], n: int, ultimo: int, anterior: str | None
) -> Iterator[Hallazgo]:
    """The findings of the links after `n`: a seal that is missing or whose event was deleted is one."""
    while n < ultimo:
        hasta = min(n + LOTE, ultimo)
        for eslabon in Eslabon.entre(n, hasta):
            n += 1
            if eslabon.n != n:
                yield _falta(n)
            if malo := _del_eslabon(eslabon, anterior, anclados.get(n)):
                yield malo
            anterior = eslabon.huella
        if n < hasta:
            yield _falta(n + 1)
            return


def _falta(n: int) -> Hallazgo:
    return Hallazgo(f"Sello {n}", "falta el sello o su evento")


def _del_eslabon(eslabon: Eslabon, anterior: str | None, lineas: list[Ancla] | None) -> Hallazgo | None:
    if not _intacto(eslabon.dicho):
        return _alterado(eslabon.evento)
    if anterior is not None and anterior != eslabon.anterior:
        return Hallazgo(f"Sello {eslabon.n}", "no sigue al sello anterior")
    if eslabon.huella != Sello.encadenar(eslabon.anterior, eslabon.dicho[0]):
        return Hallazgo(f"Sello {eslabon.n}", f"su huella no es la del evento {eslabon.evento}")
    for ancla in lineas or ():
        if ancla.huella != eslabon.huella:
            return Hallazgo(f"Sello {eslabon.n}", f"no coincide con el ancla del {ancla.fecha:%d-%m-%Y}")
    return None


def _alterado(evento: int) -> Hallazgo:
    return Hallazgo(f"Evento {evento}", "su contenido no es el que se registró")


def _intacto(dicho: tuple[Any, ...]) -> bool:
    resumen, *columnas = dicho
    try:
        return resumen == resumir_leido(*columnas)
    except (AttributeError, TypeError, ValueError):  # a forged row may hold what could never be registered
        return False


def _anclas_que_faltan(dias: list[Ancla]) -> Iterator[Hallazgo]:
    """Those that the database remembers and the folder has lost."""
    leidas = {(a.fecha, a.n, a.huella) for a in dias}
    for anclaje in Anclaje.objects.order_by("fecha").iterator(chunk_size=2000):
        if (anclaje.fecha, anclaje.n, anclaje.huella) not in leidas:
            yield Hallazgo(str(anclaje), "no está en la carpeta de anclas")


def _sin_anclar(ahora: datetime) -> Iterator[Hallazgo]:
    """Seals that no anchor protects yet. The anchor is read again: more may have been sealed meanwhile."""
    ultima = anclas.ultima()
    cola = Sello.objects.filter(n__gt=ultima.n if ultima else 0)
    sello = cola.select_related("evento").order_by("n").first()
    if sello and sello.evento.ocurrido_en < ahora - MARGEN:
        yield Hallazgo(str(sello), "lleva más de diez minutos sin ancla")


def _sin_sellar(ahora: datetime, primero: int) -> Iterator[Hallazgo]:
    """Events without a seal. The queue lists them, unless the counts show that some are missing from it."""
    desde = Sello.objects.filter(n=primero).values_list("evento", flat=True).first() if primero > 1 else 0
    eventos, sellados = (
        Evento.objects.filter(id__gte=desde or 0),
        Sello.objects.filter(evento__gte=desde or 0),
    )
    esperan = eventos.filter(sello=None, id__in=PorSellar.objects.values("pk"))
    if eventos.count() > sellados.count() + esperan.count():
        esperan = eventos.filter(sello=None)
    filas = esperan.order_by("id").values_list("id", "ocurrido_en", *COLUMNAS)
    for evento, ocurrido_en, *dicho in filas.iterator(chunk_size=LOTE):
        if not _intacto(tuple(dicho)):
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


# Who could lift the triggers: the owners of the tables, of their schema and of the triggers' functions.
DE_QUIEN = """
SELECT current_user, bool_or(r.rolsuper OR pg_has_role(current_user, d.dueno, 'MEMBER'))
FROM pg_roles r, (
    SELECT relowner AS dueno, oid AS tabla FROM pg_class
    UNION SELECT n.nspowner, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    UNION SELECT p.proowner, t.tgrelid FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
) d
WHERE d.tabla = ANY(%s::regclass[]) AND r.rolname = current_user
"""
