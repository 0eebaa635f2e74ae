"""The arithmetic of terms."""

from datetime import date

import pytest

from tramites.plazo import archivar_el, dia_habil, es_habil, ultimo_dia


@pytest.mark.parametrize(
    ("base", "meses", "ultimo"),
    [
        (date(2024, 6, 11), 6, date(2024, 12, 11)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 8, 29), 6, date(2025, 2, 28)),
        (date(2024, 2, 29), 6, date(2024, 8, 29)),
        (date(2024, 12, 31), 6, date(2025, 6, 30)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
    ],
)
def test_de_fecha_a_fecha_con_fin_de_mes_recortado(base, meses, ultimo):
    """FB1."""
    assert ultimo_dia(base, meses) == ultimo
    assert (archivar_el(base, meses) - ultimo).days == 1


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
def test_los_dias_habiles_saltan_fines_de_semana_y_asuetos(dia, habil):
    """Matriz §5."""
    assert es_habil(dia) is habil


def test_la_semana_santa_se_salta_entera():
    """Matriz §5: from Wednesday 01-04-2026, Thursday and Friday off, the second working day is Tuesday."""
    assert dia_habil(date(2026, 4, 1), 2) == date(2026, 4, 7)


def test_los_asuetos_de_onsec_se_suman():
    """Matriz §3, «asuetos»."""
    assert dia_habil(date(2026, 7, 6), 1, {date(2026, 7, 7)}) == date(2026, 7, 8)
