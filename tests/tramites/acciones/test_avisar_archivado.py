"""The reminders before archiving: each once, only the nearest, none of before the clock began."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from notificaciones.models import Correo, Notificacion
from tests.tramites import carreras
from tests.tramites.reloj import ARCHIVADO, BASE, ULTIMO, a_las, actos, dias_antes, parada
from tramites.acciones.avisar_archivado import avisar_archivado, avisar_proximas, aviso_de
from tramites.models import AvisoDeArchivado, Estado, Gestion

pytestmark = pytest.mark.django_db


def correr(hoy: date) -> list[int]:
    return avisar_proximas(hoy=hoy, ahora=a_las(hoy, 6))


def mandados(gestion: Gestion) -> list[int]:
    return list(
        AvisoDeArchivado.objects.filter(gestion=gestion).order_by("evento_id").values_list("dias", flat=True)
    )


def test_seis_meses_de_corridas_diarias_dejan_cuatro_avisos():
    """FB3: 90, 30, 7 and 1 days before, by mail and in the portal, once each."""
    gestion, dias = parada(), (ARCHIVADO - BASE).days
    avisados = [dia for dia in (BASE + timedelta(days=n) for n in range(dias + 30)) if correr(dia)]
    assert avisados == [dias_antes(n) for n in (90, 30, 7, 1)]
    assert mandados(gestion) == [90, 30, 7, 1]
    assert Correo.objects.count() == Notificacion.objects.count() == 4
    assert [(d["dias"], d["quedan"], d["archivar_el"]) for d in actos(gestion, "aviso_archivo")] == [
        (n, n, "2024-12-12") for n in (90, 30, 7, 1)
    ]


def test_una_corrida_tardia_manda_solo_el_mas_proximo():
    """matriz.md §6: after a month without runs, the 30-day one alone, and it says the days really left."""
    gestion = parada()
    correr(dias_antes(20))
    assert mandados(gestion) == [30]
    assert actos(gestion, "aviso_archivo")[0]["quedan"] == 20
    assert Correo.objects.get().asunto.endswith("le quedan 20 días para actuar")


def test_los_que_caerian_antes_de_la_base_no_existen():
    """matriz.md §6: with a term of one month, no 90-day reminder ever."""
    assert aviso_de(date(2024, 7, 11), BASE, BASE) == 30
    assert aviso_de(date(2024, 7, 10), BASE, BASE) is None
    assert aviso_de(ULTIMO, BASE, BASE) is None


@pytest.mark.parametrize(
    ("faltan", "dias"), [(91, None), (90, 90), (31, 90), (30, 30), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)]
)
def test_cada_dia_tiene_un_solo_aviso_posible(faltan, dias):
    """FB3: to the day; none once the time is over."""
    assert aviso_de(ULTIMO, BASE, dias_antes(faltan)) == dias


def test_repetir_la_corrida_no_avisa_dos_veces():
    """FB5."""
    gestion = parada()
    assert correr(dias_antes(7)) == [gestion.numero]
    assert correr(dias_antes(7)) == correr(dias_antes(6)) == []
    assert mandados(gestion) == [7]


def test_otro_ciclo_empieza_sus_avisos_de_nuevo():
    """FB1, matriz.md §6: an act of its owner is a new base, a new cycle."""
    gestion = parada()
    correr(dias_antes(7))
    with transaction.atomic():
        otra = Gestion.objects.select_for_update().get(pk=gestion.pk)
        otra.registrar_acto(a_las(dias_antes(6)))
        otra.save()
    assert correr(dias_antes(1)) == []
    nuevo_ultimo = date(2025, 6, 5)
    assert correr(nuevo_ultimo - timedelta(days=7)) == [gestion.numero]
    assert list(AvisoDeArchivado.objects.order_by("pk").values_list("ciclo", "dias")) == [(1, 7), (2, 7)]


@pytest.mark.parametrize("estado", [Estado.RECIBIDA, Estado.ADMITIDA])
def test_a_quien_espera_a_onsec_no_se_le_avisa(estado):
    """FB1: that time is not the person's."""
    parada(estado=estado, recibida_en=a_las(BASE))
    assert correr(dias_antes(7)) == []


def test_un_borrador_recibe_los_mismos_avisos(settings):
    """FB2."""
    gestion = parada(estado=Estado.CREACION)
    assert correr(dias_antes(30)) == [gestion.numero]
    settings.ARCHIVAR_BORRADORES = False
    assert correr(dias_antes(7)) == []


def test_quien_vuelve_a_actuar_ya_no_es_avisado_por_su_numero():
    """FB3: one Gestión alone follows the same rule."""
    gestion = parada()
    assert avisar_archivado(numero=gestion.numero, hoy=dias_antes(8), ahora=a_las(dias_antes(8))) is True
    assert avisar_archivado(numero=gestion.numero, hoy=dias_antes(8), ahora=a_las(dias_antes(8))) is False


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_veinte_corridas_a_la_vez_avisan_una_vez():
    """FB5, S13."""
    gestiones = [parada() for _ in range(5)]
    carreras.correr(lambda _: correr(dias_antes(7)))
    assert [mandados(g) for g in gestiones] == [[7]] * 5
    assert Correo.objects.count() == 5
