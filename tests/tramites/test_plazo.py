"""The arithmetic of the archive's term."""

from datetime import date

import pytest

from tramites.plazo import archivar_el, ultimo_dia


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
