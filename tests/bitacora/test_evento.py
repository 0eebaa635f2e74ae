"""An act in the log: what it takes, its digest, and that nothing changes it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bitacora.models import Anclaje, Evento, Sello, evento_registrado
from bitacora.sellado import sellar
from tests.bitacora.conftest import AHORA
from tests.fabricas import CiudadanoFactory

pytestmark = pytest.mark.django_db

# PostgreSQL's text holds neither NUL nor half a surrogate pair: it refuses the whole row, aloud.
textos = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
primitivos = st.recursive(
    st.none() | st.booleans() | st.integers() | textos,
    lambda hijos: st.lists(hijos, max_size=3) | st.dictionaries(textos, hijos, max_size=3),
    max_leaves=8,
)


@given(datos=st.dictionaries(textos, primitivos, max_size=4), ahora=st.datetimes(timezones=st.just(UTC)))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_el_resumen_es_el_mismo_al_releer(datos, ahora):
    """S44: the digest survives the database, whatever it does to times, numbers and the order of keys."""
    evento = Evento.objects.registrar("paso_guardado", ahora=ahora, gestion=2**40, datos=datos)
    leido = Evento.objects.get(pk=evento.pk)
    assert leido.resumen == evento.resumen == leido.calcular_resumen()


def test_el_resumen_no_depende_de_la_zona_en_que_se_diga_la_hora():
    local = AHORA.astimezone(ZoneInfo("America/Guatemala"))
    assert Evento(ocurrido_en=local).calcular_resumen() == Evento(ocurrido_en=AHORA).calcular_resumen()


@pytest.mark.parametrize(
    "cambio",
    [
        {"tipo": "admitida"},
        {"ocurrido_en": AHORA + timedelta(microseconds=1)},
        {"actor_id": 8},
        {"papel": "analista"},
        {"gestion": 77},
        {"datos": {"ronda": 2}},
    ],
)
def test_el_resumen_cambia_con_cada_dato(cambio):
    """S44: the digest covers everything that the row states."""
    base = {"tipo": "paso_guardado", "ocurrido_en": AHORA, "actor_id": 7, "papel": "ciudadano", "gestion": 76}
    base |= {"datos": {"ronda": 1}}
    assert Evento(**base).calcular_resumen() != Evento(**base | cambio).calcular_resumen()


@pytest.mark.parametrize(
    "valor",
    [1.0, float("nan"), Decimal(1), AHORA, AHORA.date(), b"", {1}, {1: "a"}, [{"a": [1.5]}], object()],
)
def test_los_datos_solo_llevan_primitivos_de_json(valor):
    """Whatever a database could give back changed is refused before it is written."""
    with pytest.raises(TypeError, match="La bitácora no guarda"):
        Evento.objects.registrar("paso_guardado", ahora=AHORA, datos={"valor": valor})
    assert not Evento.objects.exists()


def test_la_hora_lleva_su_zona():
    with pytest.raises(ValueError, match="zona horaria"):
        Evento.objects.registrar("paso_guardado", ahora=datetime(2026, 3, 11))  # noqa: DTZ001


def test_el_evento_dice_quien_y_en_que_papel():
    """requisitos.md F3: who, and as what."""
    persona = CiudadanoFactory()
    evento = Evento.objects.registrar("paso_guardado", ahora=AHORA, actor=persona)
    sistema = Evento.objects.registrar("paso_guardado", ahora=AHORA)
    assert (evento.actor, evento.papel) == (persona, "ciudadano")
    assert (sistema.actor, sistema.papel) == (None, "sistema")


def test_el_evento_se_lee_con_la_hora_de_guatemala():
    """formatos.md, "Fechas y horas"."""
    evento = Evento(tipo="paso_guardado", ocurrido_en=datetime(2026, 3, 12, 3, 5, 9, tzinfo=UTC))
    assert str(evento) == "paso_guardado · 11-03-2026 21:05:09"


def test_quien_escucha_recibe_el_evento_ya_escrito():
    recibidos = []

    def escuchar(eventos, **kwargs):
        recibidos.extend(evento.pk for evento in eventos)

    evento_registrado.connect(escuchar)
    try:
        evento = Evento.objects.registrar("paso_guardado", ahora=AHORA)
    finally:
        evento_registrado.disconnect(escuchar)
    assert recibidos == [evento.pk]


def test_un_lote_escribe_las_mismas_filas_que_una_por_una():
    """FB1, S44: same digest, and the subscribers hear of all of them."""
    datos = {76: {"paso": 1}, 77: {"paso": 2}}
    lote = Evento.objects.registrar_lote("paso_guardado", ahora=AHORA, datos=datos)
    sueltos = [
        Evento.objects.registrar("paso_guardado", ahora=AHORA, gestion=numero, datos=suyos)
        for numero, suyos in datos.items()
    ]
    assert [e.resumen for e in lote] == [e.resumen for e in sueltos]
    assert [Evento.objects.get(pk=e.pk).calcular_resumen() for e in lote] == [e.resumen for e in lote]


@pytest.fixture
def filas(anotar):
    """An event and its seal."""
    anotar()
    sellar(ahora=AHORA)
    return {"evento": Evento.objects.get(), "sello": Sello.objects.get(), "anclaje": Anclaje.objects.get()}


@pytest.mark.parametrize("cual", ["evento", "sello", "anclaje"])
def test_una_fila_de_la_bitacora_no_se_guarda_otra_vez_ni_se_borra(filas, cual):
    """S44: the models themselves refuse."""
    fila = filas[cual]
    tabla = type(fila).objects
    with pytest.raises(TypeError, match="no se modifica"):
        fila.save()
    with pytest.raises(TypeError, match="no se borra"):
        fila.delete()
    with pytest.raises(TypeError, match="no se modifica"):
        tabla.update(pk=9)
    with pytest.raises(TypeError, match="no se borra"):
        tabla.all().delete()


@pytest.mark.parametrize("tabla", ["bitacora_evento", "bitacora_sello", "bitacora_anclaje"])
@pytest.mark.parametrize("acto", ["UPDATE {} SET {} = {}", "DELETE FROM {} WHERE {} = {}"])
def test_la_base_misma_se_niega(filas, tabla, acto):
    """S44: append-only by trigger, for whoever goes round the models."""
    columna = {"bitacora_evento": "gestion"}.get(tabla, "n")
    with pytest.raises(DatabaseError, match="La bitácora no se modifica ni se borra"), transaction.atomic():
        _ejecutar(acto.format(tabla, columna, 1))
    assert Evento.objects.get().gestion == 1
    assert (Sello.objects.count(), Anclaje.objects.count()) == (1, 1)


@pytest.mark.postgresql
@pytest.mark.parametrize("tabla", ["bitacora_evento", "bitacora_sello", "bitacora_anclaje"])
def test_la_base_misma_se_niega_a_vaciarlas(filas, tabla):
    """S44: TRUNCATE passes by the triggers of rows; it has its own."""
    _ejecutar("SET CONSTRAINTS ALL IMMEDIATE")  # what is pending of this transaction would refuse it first
    with pytest.raises(DatabaseError, match="La bitácora no se modifica ni se borra"), transaction.atomic():
        _ejecutar(f"TRUNCATE {tabla} CASCADE")
    assert (Evento.objects.count(), Sello.objects.count(), Anclaje.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("vuelta", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_entre_pruebas_con_transacciones_la_bitacora_se_vacia(vuelta, anotar):
    """The flush after a transactional test passes the triggers, and the next test finds them standing."""
    assert not Evento.objects.exists()
    anotar()
    sellar(ahora=AHORA)
    with pytest.raises(DatabaseError, match="La bitácora no se modifica ni se borra"):
        _ejecutar("DELETE FROM bitacora_sello")


@pytest.mark.django_db(transaction=True)
def test_flush_deja_los_disparadores_en_pie(anotar):
    anotar()
    call_command("flush", interactive=False, reset_sequences=False)
    assert not Evento.objects.exists()
    anotar()
    with pytest.raises(DatabaseError, match="La bitácora no se modifica ni se borra"):
        _ejecutar("DELETE FROM bitacora_evento")


def _ejecutar(sentencia: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sentencia)
