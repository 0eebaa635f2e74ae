"""Migrating while the version before serves: nobody queues behind a lock that does not come."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from bitacora.models import Anclaje, Evento
from ceo_portal.a_solas import a_solas
from ceo_portal.operacion.management.commands import migrate
from tests.bitacora.conftest import AHORA
from tests.hilos import en_hilo

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def antes_de_la_ultima() -> Iterator[None]:
    """The log's tables as the version before left them; whole again at the end, with what leans on them."""
    call_command("migrate", "bitacora", "0002", verbosity=0)
    yield
    call_command("migrate", verbosity=0)


def test_un_lector_lento_no_detiene_a_los_demas_y_al_irse_se_migra(monkeypatch):
    """A long transaction over the table: whoever comes next is served between attempts."""
    fallidos, puede_irse = Event(), Event()
    monkeypatch.setattr(migrate, "ESPERA", "50ms")
    monkeypatch.setattr(migrate.time, "sleep", lambda _: (fallidos.set(), puede_irse.wait(20)))
    with sin_soltar_la_tabla() as soltar:
        migrando = en_hilo(lambda: call_command("migrate", "bitacora", verbosity=0))
        assert fallidos.wait(20)
        with connection.cursor() as cursor:  # the pages of the version that serves
            cursor.execute("SET statement_timeout = '5s'")
            cursor.execute("SELECT count(*) FROM bitacora_evento")
            cursor.execute("RESET statement_timeout")
        Evento.objects.registrar("paso_guardado", ahora=AHORA)
        soltar()
    puede_irse.set()
    migrando.join(30)
    assert not Anclaje.objects.exists()  # its table is there


def test_lo_que_no_es_de_un_candado_se_dice_en_seguida_y_la_sesion_queda_como_estaba(monkeypatch):
    """A full disk is not mended by trying again; nor do the patience's two seconds outlive it."""
    intentos = []

    def sin_disco(*_args, **_opciones):
        intentos.append(espera())
        raise OperationalError("disk full")

    with monkeypatch.context() as solo:
        solo.setattr(migrate.migrate.Command, "handle", sin_disco)
        solo.setattr(migrate.time, "sleep", lambda _: None)
        with pytest.raises(OperationalError, match="disk full"):
            call_command("migrate", verbosity=0)
    assert (intentos, espera()) == (["2s"], "0")


def test_si_el_candado_nunca_llega_se_dice_y_nada_queda_a_medias(monkeypatch, capsys):
    """Each attempt is undone whole; the operator is told to choose another hour."""
    monkeypatch.setattr(migrate, "ESPERA", "20ms")
    monkeypatch.setattr(migrate.time, "sleep", lambda _: None)
    with sin_soltar_la_tabla(), pytest.raises(CommandError, match="durante 3 intentos"):
        call_command("migrate", "bitacora", intentos=3, verbosity=0)
    assert "bitacora_anclaje" not in connection.introspection.table_names()
    assert capsys.readouterr().err.count("se reintenta") == 2


def test_un_indice_cortado_a_medias_se_rehace(monkeypatch):
    """Built beside the readers it waits for them; given up, it stays invalid under its name."""
    intentos = []

    def construir(*_args, **_opciones):
        intentos.append(indices())
        with connection.cursor() as cursor:
            cursor.execute("CREATE INDEX CONCURRENTLY de_prueba ON bitacora_evento (tipo)")

    with monkeypatch.context() as solo, sin_soltar_la_tabla() as soltar:
        solo.setattr(migrate, "ESPERA", "50ms")
        solo.setattr(migrate.migrate.Command, "handle", construir)
        solo.setattr(migrate.time, "sleep", lambda _: soltar())
        call_command("migrate", verbosity=0)
    assert intentos[:2] == [{}, {}]
    assert indices() == {"de_prueba": True}
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX de_prueba")


def test_el_indice_que_otra_sesion_esta_haciendo_no_se_toca(monkeypatch):
    def construir() -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE INDEX CONCURRENTLY ajeno ON bitacora_evento (tipo)")

    with monkeypatch.context() as solo, sin_soltar_la_tabla() as soltar:
        solo.setattr(migrate.migrate.Command, "handle", lambda *_, **__: None)
        otra = en_hilo(construir)
        while "ajeno" not in indices():
            otra.join(0.02)
        call_command("migrate", intentos=1, verbosity=0)
        soltar()
    otra.join(20)
    assert indices() == {"ajeno": True}
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX ajeno")


def test_dos_no_migran_a_la_vez(monkeypatch):
    """Two machines that start together: the second waits its turn, and finds all done."""
    monkeypatch.setattr(migrate.time, "sleep", lambda _: None)
    dentro, soltar = Event(), Event()

    def otra_migracion() -> None:
        with a_solas("migrate"):
            dentro.set()
            soltar.wait(20)

    otra = en_hilo(otra_migracion)
    assert dentro.wait(10)
    with pytest.raises(CommandError, match="Migre en otra hora"):
        call_command("migrate", "bitacora", intentos=2, verbosity=0)
    assert "bitacora_anclaje" not in connection.introspection.table_names()
    soltar.set()
    otra.join(10)
    call_command("migrate", "bitacora", verbosity=0)
    assert not Anclaje.objects.exists()


def espera() -> str:
    """How long this session waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


def indices() -> dict[str, bool]:
    """Those that the tests make, and whether each is valid."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            " WHERE c.relname IN ('de_prueba', 'ajeno')"
        )
        return dict(cursor.fetchall())


@contextmanager
def sin_soltar_la_tabla():
    """Another session in the middle of a long transaction over the log."""
    tomada, soltar = Event(), Event()

    def transaccion() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("LOCK TABLE bitacora_evento IN ROW EXCLUSIVE MODE")
            tomada.set()
            soltar.wait(60)
            cursor.execute("ROLLBACK")

    hilo = en_hilo(transaccion)
    assert tomada.wait(10)
    try:
        yield soltar.set
    finally:
        soltar.set()
        hilo.join(10)
