"""The database as the migrations left it: kept once, and given back after each test that commits.

Django would empty every table with one heavy TRUNCATE and read the migrated rows back from JSON, a second
or two a test. Here the engine does it from a copy of its own, in milliseconds.
"""

import sqlite3

from django.db.backends.base.base import BaseDatabaseWrapper

# Its name and columns, and whether the migrations filled it. Generated columns fill themselves.
TABLAS = """
SELECT quote_ident(c.relname), string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
    (xpath('/row/hay/text()', query_to_xml(format('SELECT EXISTS (SELECT FROM %I) AS hay', c.relname),
        false, true, '')))[1]::text = 'true'
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'django_migrations'
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""
# As a replica: neither the foreign keys nor the log's triggers have a say.
FUNCION = """
CREATE FUNCTION migrado.reponer() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $$
BEGIN {pasos} END $$
"""
VACIAR = "DELETE FROM {tabla};"
# Rows that nobody touched stay, or every test would leave some hundreds of dead ones.
REPONER = """
IF EXISTS ((SELECT {columnas} FROM {tabla} EXCEPT ALL SELECT {columnas} FROM migrado.{tabla})
    UNION ALL (SELECT {columnas} FROM migrado.{tabla} EXCEPT ALL SELECT {columnas} FROM {tabla}))
THEN
    DELETE FROM {tabla};
    INSERT INTO {tabla} ({columnas}) SELECT {columnas} FROM migrado.{tabla};
END IF;
"""

_copias: dict[str, sqlite3.Connection] = {}


def guardar(conexion: BaseDatabaseWrapper) -> None:
    """Keep what a database just migrated holds."""
    conexion.ensure_connection()
    if conexion.vendor == "sqlite":
        _copias[conexion.alias] = sqlite3.connect(":memory:", check_same_thread=False)
        conexion.connection.backup(_copias[conexion.alias])
        return
    with conexion.cursor() as cursor:
        cursor.execute("CREATE SCHEMA migrado")
        cursor.execute(TABLAS)
        pasos = []
        for tabla, columnas, llena in cursor.fetchall():
            if llena:
                cursor.execute(f"CREATE TABLE migrado.{tabla} AS SELECT {columnas} FROM {tabla}")
            pasos.append((REPONER if llena else VACIAR).format(tabla=tabla, columnas=columnas))
        cursor.execute(FUNCION.format(pasos="".join(pasos)))


def reponer(conexion: BaseDatabaseWrapper) -> None:
    """Every table as `guardar` found it, the log's included; sequences go on counting."""
    with conexion.cursor() as cursor:
        if conexion.vendor == "sqlite":
            cursor.execute("SELECT seq, name FROM sqlite_sequence")
            cuentas = cursor.fetchall()
            _copias[conexion.alias].backup(conexion.connection)
            cursor.executemany("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", cuentas)
        else:
            cursor.execute("SELECT migrado.reponer()")
