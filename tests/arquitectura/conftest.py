"""What the walks of the matrix share."""

import pytest

from cuentas.models import Usuario
from tests.arquitectura.mundos import MUNDOS, Mundo, gente_de
from tests.tramites import escenas


@pytest.fixture
def titular(db) -> Usuario:
    return escenas.titular()


@pytest.fixture(params=MUNDOS)
def mundo(request, titular) -> Mundo:
    crear, cambios = MUNDOS[request.param]
    gente, ana = gente_de(titular), escenas.analista()
    gestion = crear(titular, ana)
    assert request.param.startswith(gestion.estado)
    if gestion.asignada_a_id:
        gente["A*"] = ana
    return Mundo(gestion, gente, escenas.analista(), cambios)
