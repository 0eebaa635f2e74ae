"""The chain of seals: whole, in order of sealing, and out of the writers' way."""

import hashlib
import re
from threading import Event

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bitacora import tareas
from bitacora.models import Evento, PorSellar, Sello
from bitacora.sellado import CANDADO, sellar
from bitacora.verificacion import verificar
from tests.bitacora.conftest import AHORA
from tests.hilos import en_hilo


@pytest.mark.django_db
def test_cada_evento_recibe_su_sello_y_cada_sello_el_anterior(anotar):
    """S44: hash chain over the canonical digest; anyone can recompute it with sha256sum."""
    eventos = anotar(5)
    assert sellar(ahora=AHORA, lote=2) == 5
    huella = "0" * 64
    for n, (evento, sello) in enumerate(zip(eventos, Sello.objects.order_by("n"), strict=True), start=1):
        assert (sello.n, sello.evento_id, sello.anterior) == (n, evento.pk, huella)
        huella = hashlib.sha256(f"{huella}{evento.resumen}".encode()).hexdigest()
        assert sello.huella == huella


@pytest.mark.django_db
@pytest.mark.parametrize("lote", [1, 2, 3, 4])
def test_sellar_otra_vez_sella_solo_lo_nuevo(anotar, lote):
    anotar(4)
    assert sellar(ahora=AHORA, lote=lote) == 4
    assert sellar(ahora=AHORA, lote=lote) == 0
    anotar(1)
    assert sellar(ahora=AHORA, lote=lote) == 1
    assert list(Sello.objects.order_by("n").values_list("n", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_sellar_no_mira_lo_ya_sellado(anotar):
    """What it costs is in proportion to what is new: it asks for the events that wait, by their key."""
    anotar(3)
    sellar(ahora=AHORA)
    nuevo = anotar(1)[0]
    assert list(PorSellar.objects.values_list("pk", flat=True)) == [nuevo.pk]
    with CaptureQueriesContext(connection) as consultas:
        sellar(ahora=AHORA)
    leidas = [c["sql"] for c in consultas if 'FROM "bitacora_evento"' in c["sql"]]
    assert len(leidas) == 1
    assert f"({nuevo.pk})" in leidas[0] or f"'{{{nuevo.pk}}}'" in leidas[0]
    assert not PorSellar.objects.exists()


@pytest.mark.django_db
def test_una_corrida_no_vuelve_sobre_lo_que_ya_tomo(anotar):
    """What it takes from the queue leaves dead entries behind, until a vacuum: each lot begins past them."""
    anotar(5)
    with CaptureQueriesContext(connection) as consultas:
        assert sellar(ahora=AHORA, lote=2) == 5
    lecturas = [c["sql"] for c in consultas if c["sql"].startswith('SELECT "bitacora_porsellar"')]
    primero = Evento.objects.order_by("id").first().pk
    desde = [int(re.search(r'"evento_id" > \D*(\d+)', sql)[1]) for sql in lecturas]
    assert desde == [0, primero + 1, primero + 3]


@pytest.mark.django_db
def test_lo_que_entra_por_fuera_de_los_modelos_tambien_espera_su_sello(anotar):
    """S44: the database writes what waits; nobody inserts an event that no seal would follow."""
    uno = anotar()[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bitacora_evento (tipo, ocurrido_en, papel, gestion, datos, resumen) "
            "SELECT tipo, ocurrido_en, papel, gestion, datos, resumen FROM bitacora_evento"
        )
    assert sellar(ahora=AHORA) == 2
    assert Sello.objects.filter(evento=uno).count() == 1


@pytest.mark.django_db
def test_un_evento_ya_sellado_que_vuelve_a_esperar_no_detiene_el_sellado(anotar):
    """S44: a row forged in the queue, of an event sealed or of none."""
    uno = anotar()[0]
    sellar(ahora=AHORA)
    PorSellar.objects.bulk_create([PorSellar(pk=uno.pk), PorSellar(pk=uno.pk + 1000)])
    anotar(1)
    assert sellar(ahora=AHORA, lote=1) == 1
    assert verificar(ahora=AHORA) is None
    assert not PorSellar.objects.exists()


@pytest.mark.django_db
def test_la_tarea_sella(anotar):
    anotar(3)
    assert tareas.sellar() == 3


@pytest.mark.django_db(transaction=True)
def test_dos_selladores_a_la_vez_hacen_una_sola_cadena(anotar):
    """S44: the chain never forks nor repeats."""
    anotar(30)
    hechos = []
    hilos = [en_hilo(lambda: hechos.append(sellar(ahora=AHORA, lote=3))) for _ in range(3)]
    for hilo in hilos:
        hilo.join()
    assert len(hechos) == 3
    assert sum(hechos) == 30
    assert verificar(ahora=AHORA) is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_lo_confirmado_tarde_se_sella_despues_aunque_su_numero_sea_menor(anotar):
    """Ids commit out of order: the seal's order is the chain's, and no event stays behind."""
    escrito, seguir = Event(), Event()

    def escribir_despacio():
        with transaction.atomic():
            anotar()
            escrito.set()
            seguir.wait(10)

    lento = en_hilo(escribir_despacio)
    escrito.wait(10)
    anotar()  # a higher id, committed first
    assert sellar(ahora=AHORA) == 1
    seguir.set()
    lento.join()
    assert sellar(ahora=AHORA) == 1
    primero, segundo = Sello.objects.order_by("n")
    assert primero.evento_id > segundo.evento_id
    assert verificar(ahora=AHORA) is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_quien_escribe_no_espera_a_quien_sella(anotar):
    """arquitectura.md «The log»: sealing takes an advisory lock, so that writers never queue."""
    anotar()
    with transaction.atomic():
        # What sealing holds until it commits: its lock and the chain's new rows.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CANDADO])
        Sello.objects.create(n=1, evento=Evento.objects.get(), anterior="", huella="")
        escritor = en_hilo(anotar)
        escritor.join(timeout=5)
        assert not escritor.is_alive()
    assert Evento.objects.count() == 2
