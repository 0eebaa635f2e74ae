"""Business days of Guatemala (formatos.md, «Días hábiles»)."""

from datetime import date

import pytest

from tramites import habiles


@pytest.mark.parametrize(
    ("desde", "dias", "hasta"),
    [
        (date(2026, 3, 27), 10, date(2026, 4, 14)),
        (date(2026, 6, 26), 5, date(2026, 7, 6)),
        (date(2026, 12, 21), 10, date(2027, 1, 6)),
    ],
)
def test_los_ejemplos_de_la_especificacion(desde, dias, hasta):
    assert habiles.transcurridos(desde, hasta) == dias


def test_el_futuro_no_ha_transcurrido():
    assert habiles.transcurridos(date(2026, 11, 21), date(2026, 11, 20)) == 0


@pytest.mark.parametrize("dias", range(1, 30))
def test_hace_es_el_ultimo_dia_desde_el_que_pasaron_tantos(dias):
    hoy = date(2026, 4, 10)
    desde = habiles.hace(dias, hoy)
    assert habiles.transcurridos(desde, hoy) == dias
    assert habiles.transcurridos(desde + habiles.DIA, hoy) < dias
