"""Business days of Guatemala (formatos.md, «Días hábiles»)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tramites.habiles import DIA, Calendario, feriados

LEY = Calendario()


@pytest.mark.parametrize(
    ("dia", "habil"),
    [
        (date(2026, 7, 6), True),
        (date(2026, 7, 4), False),  # Saturday
        (date(2026, 7, 5), False),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 9, 15), False),
        (date(2026, 12, 25), False),
    ],
)
def test_se_saltan_fines_de_semana_y_asuetos(dia, habil):
    """matriz.md §5."""
    assert LEY.es_habil(dia) is habil


@pytest.mark.parametrize(
    ("desde", "dias", "hasta"),
    [
        (date(2026, 3, 27), 10, date(2026, 4, 14)),
        (date(2026, 6, 26), 5, date(2026, 7, 6)),
        (date(2026, 12, 21), 10, date(2027, 1, 6)),
    ],
)
def test_los_ejemplos_de_la_especificacion(desde, dias, hasta):
    """The days passed, and the day they lead to."""
    assert LEY.transcurridos(desde, hasta) == dias
    assert LEY.despues(desde, dias) == hasta


def test_la_semana_santa_se_salta_entera():
    """From Wednesday 01-04-2026, Thursday and Friday off, the second business day is Tuesday."""
    assert LEY.despues(date(2026, 4, 1), 2) == date(2026, 4, 7)


def test_los_asuetos_de_onsec_se_suman():
    """matriz.md §3, «asuetos»."""
    con_feria = Calendario(frozenset({date(2026, 7, 7)}))
    assert con_feria.despues(date(2026, 7, 6), 1) == date(2026, 7, 8)
    assert con_feria.transcurridos(date(2026, 7, 6), date(2026, 7, 8)) == 1


def test_el_futuro_no_ha_transcurrido():
    assert LEY.transcurridos(date(2026, 11, 21), date(2026, 11, 20)) == 0


@pytest.mark.parametrize("dias", range(1, 30))
def test_hace_es_el_ultimo_dia_desde_el_que_pasaron_tantos(dias):
    hoy = date(2026, 4, 10)
    desde = LEY.hace(dias, hoy)
    assert LEY.transcurridos(desde, hoy) == dias
    assert LEY.transcurridos(desde + DIA, hoy) < dias


def test_los_feriados_se_leen_desde_varios_hilos():
    """Each year is built apart and then read: no thread writes where another looks."""
    feriados.cache_clear()
    dias = [date(anio, 9, 15) for anio in range(2020, 2060)]
    with ThreadPoolExecutor(8) as hilos:
        habiles = hilos.map(lambda _: [Calendario().es_habil(d) for d in dias], range(16))
    assert all(not any(leidos) for leidos in habiles)
    assert all(isinstance(feriados(d.year), frozenset) for d in dias)
