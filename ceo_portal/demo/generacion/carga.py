"""The database's side: many rows in a few statements, and everything else as it was.

On PostgreSQL, the tables' indexes and keys are taken away and made again in one transaction:
whatever happens, either all of them are there with the rows or nothing changed. To make a foreign key again
is to check all of its rows at once.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

from django.db import connection
from django.db.models import Model

from bitacora.models import Evento, PorSellar, Sello
from bitacora.sellado import CANDADO
from cuentas.models import Usuario
from notificaciones.models import Notificacion
from tramites.models import Envio, Gestion, Previo, Veredicto

from .copias import Lote
from .filas import TABLAS, columnas

TODAS: tuple[type[Model], ...] = (*TABLAS, Sello)
RECORRIDAS = (Usuario, Gestion, Envio, Previo, Veredicto, Notificacion)
NOMBRES = [t._meta.db_table for t in TODAS]
# What a sort may take of memory while the indexes are made.
MEMORIA = "256MB"
LLAVES = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype
FROM pg_constraint
WHERE contype IN ('f', 'u', 'p') AND (conrelid = ANY(%(tablas)s::regclass[])
    OR contype = 'f' AND confrelid = ANY(%(tablas)s::regclass[]))
ORDER BY contype IN ('u', 'p'), contype, conname
"""
INDICES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('u', 'p', 'x')
WHERE i.indrelid = ANY(%(tablas)s::regclass[]) AND c.oid IS NULL
    AND pg_get_indexdef(i.indexrelid) NOT LIKE '%%ARRAY[%%' -- a list's own text is read otherwise
ORDER BY 1
"""
# What they write of each row is written once for all: `lo_de_los_disparadores`.
DISPARADORES = (
    "ALTER TABLE bitacora_evento {} TRIGGER bitacora_evento_por_sellar",
    "ALTER TABLE tramites_gestion {} TRIGGER tramites_palabras_nuevas",
)
PALABRAS = """
INSERT INTO tramites_palabra (texto)
SELECT DISTINCT string_to_table(titular_busqueda, ' ') AS texto FROM tramites_gestion WHERE numero >= %s
ORDER BY texto ON CONFLICT DO NOTHING
"""


def primeras_claves() -> dict[type[Model], int]:
    """The first key that each table never gave; of the seals, the next number."""
    return {
        modelo: _ultima_clave(modelo) + 1
        for modelo in TODAS
        if modelo._meta.pk.get_internal_type() != "UUIDField"
    }


def _ultima_clave(modelo: type[Model]) -> int:
    tabla, columna = modelo._meta.db_table, modelo._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT coalesce(max("{columna}"), 0) FROM {tabla}')  # noqa: S608 - our own names
        mayor = cursor.fetchone()[0]
        if modelo is Sello:
            return mayor
        if connection.vendor == "sqlite":
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [tabla])
            return max(mayor, cursor.fetchone()[0])
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [tabla, columna])
        cursor.execute(f"SELECT last_value - (NOT is_called)::int FROM {cursor.fetchone()[0]}")  # noqa: S608
        return max(mayor, cursor.fetchone()[0])


def contar_desde(primeras: dict[type[Model], int]) -> None:
    """The sequences go on after the last key that there is; never before those, which nobody took before."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        for modelo, primera in primeras.items():
            if modelo is not Sello:
                tabla, columna = modelo._meta.db_table, modelo._meta.pk.column
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence(%s, %s), greatest(max({columna}) + 1, %s), false)"  # noqa: S608
                    f" FROM {tabla}",
                    [tabla, columna, primera],
                )


@contextmanager
def adelantados(lotes: Iterable[Lote]) -> Iterator[Iterable[Lote]]:
    """Those lots; on PostgreSQL another process makes them, each while the one before is being written.

    A thread would not do: who sends asks for the interpreter at every piece, and waits for who fills in.
    """
    if connection.vendor != "postgresql":
        yield lotes
        return
    # The child inherits the connection to the database and never speaks by it.
    bifurcado = multiprocessing.get_context("fork")
    salida, entrada = bifurcado.Pipe(duplex=False)
    hijo = bifurcado.Process(target=_mandar, args=(salida, entrada, lotes), daemon=True)
    hijo.start()
    entrada.close()
    try:
        yield _recibidos(salida)
    finally:
        salida.close()  # what makes a child that has more to give end
        hijo.join()


def _mandar(salida: Connection, entrada: Connection, lotes: Iterable[Lote]) -> None:
    salida.close()
    with suppress(BrokenPipeError):
        try:
            for lote in lotes:
                entrada.send(lote)
            entrada.send(None)
        except ValueError as falla:
            entrada.send(falla)


def _recibidos(salida: Connection) -> Iterator[Lote]:
    while recibido := salida.recv():
        if isinstance(recibido, ValueError):
            raise recibido
        yield recibido


def escribir(lote: Lote) -> None:
    """Its rows, in the caller's transaction."""
    escribir_tabla = _con_copy if connection.vendor == "postgresql" else _con_insert
    for modelo in TODAS:
        if filas := lote.filas.get(modelo._meta.db_table):
            escribir_tabla(modelo, filas)


def _con_copy(modelo: type[Model], filas: bytes) -> None:
    tabla, nombres = modelo._meta.db_table, ", ".join(f'"{c.column}"' for c in columnas(modelo))
    with connection.cursor() as cursor, cursor.copy(f"COPY {tabla} ({nombres}) FROM STDIN") as copia:
        copia.write(filas)


def _con_insert(modelo: type[Model], filas: bytes) -> None:
    campos = columnas(modelo)
    nombres, huecos = ", ".join(f'"{c.column}"' for c in campos), ", ".join(["%s"] * len(campos))
    renglones = [[_leido(c) for c in fila.split("\t")] for fila in filas.decode().rstrip("\n").split("\n")]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {modelo._meta.db_table} ({nombres}) VALUES ({huecos})",  # noqa: S608
            renglones,
        )


def _leido(celda: str) -> str | None:
    """A cell of COPY's format; SQLite gives it its column's type."""
    if celda == "\\N":
        return None
    if "\\" not in celda:
        return celda
    return celda.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\0", "\\")


@contextmanager
def despejadas(avisar: Callable[[str], None]) -> Iterator[None]:
    """Without indexes nor keys inside; with all of them, checked, when it ends."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORIA}'")
        cursor.execute("SET LOCAL default_toast_compression = 'lz4'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        llaves, indices = _pedir(cursor, LLAVES), _pedir(cursor, INDICES)
        _cada(cursor, (d.format("DISABLE") for d in DISPARADORES))
        _cada(cursor, (f"ALTER TABLE {t} DROP CONSTRAINT {n}" for t, n, _, _ in llaves))
        _cada(cursor, (f"DROP INDEX {n}" for n, _ in indices))
        yield
        avisar("Índices y llaves…")
        _cada(
            cursor, (f"ALTER TABLE {t} ADD CONSTRAINT {n} {d}" for t, n, d, c in reversed(llaves) if c != "f")
        )
        _cada(cursor, (definicion for _, definicion in indices))
        _cada(cursor, (f"ALTER TABLE {t} ADD CONSTRAINT {n} {d}" for t, n, d, c in llaves if c == "f"))
        _cada(cursor, (d.format("ENABLE") for d in DISPARADORES))


def _pedir(cursor: Any, consulta: str) -> list[Any]:
    cursor.execute(consulta, {"tablas": NOMBRES})
    return cursor.fetchall()


def _cada(cursor: Any, ordenes: Iterable[str]) -> None:
    for orden in ordenes:
        cursor.execute(orden)


def esperar_turno() -> None:
    """Nobody else seals until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CANDADO])


def lo_de_los_disparadores(primeras: dict[type[Model], int]) -> None:
    """What rows from those keys on leave in other tables, whether the triggers were there or not.

    The copies come sealed: nothing of theirs waits for it. SQLite keeps no words of the names.
    """
    PorSellar.objects.filter(evento_id__gte=primeras[Evento]).delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(PALABRAS, [primeras[Gestion]])


def analizar() -> None:
    """Statistics for the planner and, where lists and counts walk, which pages everybody sees whole.

    Autovacuum would come to it in its time; until then an index alone answers nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            cursor.execute(f"VACUUM {', '.join(t._meta.db_table for t in RECORRIDAS)}")
