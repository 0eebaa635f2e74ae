"""Migrating while the version before serves: nobody queues behind a lock that does not come."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bitacora.models import Anclaje, Evento
from ceo_portal.operacion.management.commands import migrate
from tests.bitacora.conftest import AHORA
from tests.hilos import en_hilo

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def antes_de_la_ultima() -> Iterator[None]:
    """The log's tables as the version before left them; whole again at the end."""
    call_command("migrate", "bitacora", "0002", verbosity=0)
    yield
    call_command("migrate", "bitacora", verbosity=0)


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


def test_si_el_candado_nunca_llega_se_dice_y_nada_queda_a_medias(monkeypatch, capsys):
    """Each attempt is undone whole; the operator is told to choose another hour."""
    monkeypatch.setattr(migrate, "ESPERA", "20ms")
    monkeypatch.setattr(migrate.time, "sleep", lambda _: None)
    with sin_soltar_la_tabla(), pytest.raises(CommandError, match="durante 3 intentos"):
        call_command("migrate", "bitacora", intentos=3, verbosity=0)
    assert "bitacora_anclaje" not in connection.introspection.table_names()
    assert capsys.readouterr().err.count("se reintenta") == 2


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
