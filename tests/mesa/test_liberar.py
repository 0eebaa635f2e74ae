"""«Liberar»."""

import pytest
from django.urls import reverse

from tests.tramites import escenas
from tramites.models import Gestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def revisada(tomada, analista) -> Gestion:
    """All verified but the first, with the manual's own case."""
    return escenas.observar_en(tomada, analista, {1: escenas.FIRMA}, {})


def test_liberar_la_devuelve_a_la_cola_con_lo_revisado(mesa, revisada, pagina):
    """matriz.md §5: the drafts are the Gestión's."""
    respuesta = mesa.post(pagina("liberar", revisada), {"version": revisada.version})
    assert respuesta["Location"] == reverse("mesa")
    revisada.refresh_from_db()
    assert revisada.asignada_a is None
    assert revisada.veredictos.count() == 6
