"""A take without an act in five working days goes back to the queue."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from bitacora.models import Evento
from notificaciones.models import Notificacion
from tests.fabricas import GestionFactory, PersonalFactory
from tests.tramites.reloj import a_las
from tramites.acciones.anotar import anotar
from tramites.acciones.caducar_tomas import caducar_tomas
from tramites.acciones.leer_expediente import leer_expediente
from tramites.models import AsuetoExtra, Estado, Gestion, Resultado, Veredicto

pytestmark = pytest.mark.django_db

LUNES = date(2026, 7, 6)
QUINTO = date(2026, 7, 13)  # the Monday after


@pytest.fixture
def ana():
    return PersonalFactory()


def tomada(ana, dia: date = LUNES, **datos) -> Gestion:
    return GestionFactory(
        **{
            "estado": Estado.RECIBIDA,
            "recibida_en": a_las(dia),
            "en_cola_desde": a_las(dia),
            "asignada_a": ana,
            "asignada_en": a_las(dia),
        }
        | datos
    )


def correr(hoy: date) -> list[int]:
    return caducar_tomas(hoy=hoy, ahora=a_las(hoy, 0))


def test_el_quinto_dia_habil_todavia_es_suya_y_el_siguiente_ya_no(ana):
    """matriz.md §5: back to «Por asignar», with its place in the queue and its draft verdicts."""
    gestion = tomada(ana)
    Veredicto.objects.create(
        gestion=gestion, ronda=1, renglon=2, resultado=Resultado.VERIFICADO, juzgado_en=a_las(LUNES)
    )
    assert correr(QUINTO) == []
    assert correr(QUINTO + timedelta(days=1)) == [gestion.numero]
    version = gestion.version
    gestion.refresh_from_db()
    assert (gestion.asignada_a, gestion.asignada_en) == (None, None)
    assert gestion.en_cola_desde == a_las(LUNES)
    assert gestion.version == version + 1
    assert gestion.veredictos.count() == 1
    evento = Evento.objects.get(tipo="toma_caducada")
    assert (evento.actor, evento.papel, evento.datos) == (
        None,
        "sistema",
        {"anterior": ana.pk, "nuevo": None},
    )
    assert not Notificacion.objects.exists()
    assert correr(QUINTO + timedelta(days=2)) == []


def test_un_asueto_de_la_ley_no_cuenta(ana):
    """matriz.md §5: 15 September 2026 is a Tuesday; the five days end one later."""
    gestion = tomada(ana, date(2026, 9, 14))
    assert correr(date(2026, 9, 22)) == []
    assert correr(date(2026, 9, 23)) == [gestion.numero]


def test_un_asueto_extraordinario_tampoco(ana):
    """matriz.md §3: «asuetos», which administración edits."""
    gestion = tomada(ana)
    AsuetoExtra.objects.create(fecha=LUNES + timedelta(days=2), motivo="Feria titular")
    assert correr(QUINTO + timedelta(days=1)) == []
    assert correr(QUINTO + timedelta(days=2)) == [gestion.numero]


def test_un_acto_de_quien_la_tiene_da_otros_cinco_dias(ana):
    """matriz.md §5: it had an act."""
    gestion = tomada(ana)
    anotar(numero=gestion.numero, actor=ana, texto="Llamé a la persona.", ficha=uuid4(), ahora=a_las(QUINTO))
    assert correr(QUINTO + timedelta(days=7)) == []
    assert correr(QUINTO + timedelta(days=8)) == [gestion.numero]


def test_leerla_no_es_un_acto(ana):
    """matriz.md §5: whoever only opens it is holding it."""
    gestion = tomada(ana)
    leer_expediente(gestion=gestion, actor=ana, ahora=a_las(QUINTO))
    assert correr(QUINTO + timedelta(days=1)) == [gestion.numero]


def test_lo_que_hace_otra_persona_no_la_conserva(ana):
    """matriz.md §5: the act is of whoever has it."""
    gestion = tomada(ana)
    anotar(
        numero=gestion.numero,
        actor=PersonalFactory(papel="jefatura"),
        texto="x",
        ficha=uuid4(),
        ahora=a_las(QUINTO),
    )
    assert correr(QUINTO + timedelta(days=1)) == [gestion.numero]


def test_un_acto_anterior_a_la_toma_no_la_acorta(ana):
    """matriz.md §5: the take itself counts."""
    gestion = tomada(ana)
    anotar(numero=gestion.numero, actor=ana, texto="x", ficha=uuid4(), ahora=a_las(LUNES))
    Gestion.objects.filter(pk=gestion.pk).update(asignada_en=a_las(QUINTO))
    assert correr(QUINTO + timedelta(days=1)) == []


@pytest.mark.parametrize("estado", [Estado.OBSERVADA, Estado.ADMITIDA])
def test_lo_que_espera_a_la_persona_no_caduca(ana, estado):
    """matriz.md §5: it returns to the same analyst when the person sends it again."""
    tomada(ana, estado=estado)
    assert correr(QUINTO + timedelta(days=90)) == []
