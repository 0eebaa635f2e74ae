"""The two roles of production's database: the portal's own can write the log and nothing more (S44)."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from bitacora.models import Evento
from bitacora.sellado import sellar
from bitacora.verificacion import verificar
from tests.arquitectura.codigo import RAIZ
from tests.bitacora.conftest import AHORA
from tests.fabricas import GestionFactory
from tests.servicios import programa_pg

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]
CLAVE = "una clave 'con' comillas"
DUENO = "es dueño de la bitácora y podría reescribirla"
NEGADO = "permission denied|must be owner|La bitácora no se modifica"


@pytest.fixture(scope="module", autouse=True)
def _papeles(django_db_setup) -> None:
    """What the image of PostgreSQL runs on a new volume; here, over the suite's database, twice."""
    if connection.vendor != "postgresql":
        return
    base = connection.settings_dict
    servidor = {"host": base["HOST"], "port": base["PORT"], "user": base["USER"], "dbname": "postgres"}
    entorno = os.environ | {
        "PATH": f"{os.path.dirname(programa_pg('psql'))}:{os.environ['PATH']}",
        "PGHOST": base["HOST"],
        "PGPORT": str(base["PORT"]),
        "POSTGRES_USER": base["USER"],
        "POSTGRES_DB": base["NAME"],
        "CLAVE_DEL_PORTAL": CLAVE,
    }
    with psycopg.connect(**servidor) as turno:  # roles are the cluster's: another process of the suite waits
        turno.execute("SELECT pg_advisory_xact_lock(1)")
        for _ in range(2):
            subprocess.run([RAIZ / "despliegue/postgresql/papeles.sh"], env=entorno, check=True, timeout=30)


@contextmanager
def como_el_portal() -> Iterator[None]:
    """The same session as the role that serves pages."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE ceo")
        yield
        cursor.execute("RESET ROLE")


def test_el_papel_del_portal_escribe_sella_y_verifica(settings):
    """S44: it does its work without owning a table, and verifying says nothing against it."""
    settings.BITACORA_DE_OTRO_PAPEL = True
    with como_el_portal():
        gestion = GestionFactory()
        gestion.delete()
        Evento.objects.registrar("gestion_creada", ahora=AHORA)
        assert sellar(ahora=AHORA) == 1
        assert verificar(ahora=AHORA) is None


@pytest.mark.parametrize(
    "sentencia",
    [
        "UPDATE bitacora_evento SET gestion = 9",
        "DELETE FROM bitacora_sello",
        "TRUNCATE bitacora_evento CASCADE",
        "TRUNCATE bitacora_anclaje",
        "ALTER TABLE bitacora_evento DISABLE TRIGGER ALL",
        "DROP TRIGGER bitacora_sello_solo_agregar ON bitacora_sello",
        "CREATE OR REPLACE FUNCTION bitacora_solo_agregar() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN OLD; END'",
        "SET session_replication_role = replica",
        "ALTER TABLE bitacora_evento OWNER TO ceo",
        "DROP TABLE bitacora_anclaje",
        "CREATE TABLE mia (n int)",
        "CREATE TEMPORARY TABLE bitacora_evento (LIKE bitacora_porsellar)",
    ],
)
def test_el_papel_del_portal_no_puede_con_la_bitacora(sentencia):
    """S44: neither its rows, nor its triggers, nor its tables."""
    Evento.objects.registrar("gestion_creada", ahora=AHORA)
    sellar(ahora=AHORA)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with como_el_portal(), pytest.raises(DatabaseError, match=NEGADO), transaction.atomic():
            cursor.execute(sentencia)


def test_verificar_reclama_que_el_papel_sea_el_dueno(settings):
    """S44: with one role for all, whoever takes the web process takes the log's triggers."""
    settings.BITACORA_DE_OTRO_PAPEL = True
    hallazgo = verificar(ahora=AHORA)
    assert hallazgo
    assert hallazgo.motivo == DUENO


@pytest.mark.parametrize(
    "de_mas",
    [
        "ALTER FUNCTION bitacora_solo_agregar() OWNER TO ceo",
        "ALTER SCHEMA public OWNER TO ceo",
        "GRANT {duena} TO ceo",
    ],
)
def test_verificar_reclama_lo_que_permite_quitar_los_guardianes(settings, de_mas):
    """S44: who owns what the triggers run, or the schema, drops them; and so does a member of the owner."""
    settings.BITACORA_DE_OTRO_PAPEL = True
    with connection.cursor() as cursor:
        cursor.execute(de_mas.format(duena=connection.settings_dict["USER"]))
    with como_el_portal():
        hallazgo = verificar(ahora=AHORA)
    assert hallazgo
    assert hallazgo.motivo == DUENO


def test_quien_migra_crea_la_extension_sin_ser_superusuario():
    """pg_trgm is trusted: to own the database is enough (docs/decisiones/0032)."""
    base, nombre = connection.settings_dict, f"duena_{os.getpid()}"
    servidor = {"host": base["HOST"], "port": base["PORT"]}
    with psycopg.connect(**servidor, user=base["USER"], dbname="postgres", autocommit=True) as jefe:
        jefe.execute(f"CREATE ROLE {nombre} LOGIN NOSUPERUSER NOCREATEROLE PASSWORD 'x'")
        jefe.execute(f"CREATE DATABASE {nombre} OWNER {nombre}")
        try:
            with psycopg.connect(**servidor, user=nombre, password="x", dbname=nombre) as suya:
                suya.execute('CREATE EXTENSION IF NOT EXISTS "pg_trgm"')
                (parecido,) = suya.execute("SELECT similarity('lopes', 'lopez')").fetchone()
                assert parecido == 0.5
        finally:
            jefe.execute(f"DROP DATABASE {nombre}")
            jefe.execute(f"DROP ROLE {nombre}")
