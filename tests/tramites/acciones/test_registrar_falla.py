"""A notice that failed for good is told, and forgotten once it arrives (D2)."""

import pytest

from notificaciones.models import Notificacion
from tests.tramites import escenas
from tests.tramites.entregas import agotar, previo, releida
from tests.tramites.reloj import actos
from tramites.models import Gestion
from tramites.reglas.notificacion import evento_del_previo

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def devuelta(ana) -> Gestion:
    return escenas.observada(escenas.titular(), ana)


def test_cuando_falla_del_todo_lo_sabe_el_analista(devuelta, ana, smtp_caido):
    """D2, matriz.md §7 `aviso_fallido`: nothing is undone, the clock does not run, the analyst sees it."""
    agotar(previo())
    gestion = releida(devuelta)
    assert (previo().estado, gestion.estado, gestion.notificada_en) == ("fallido", "OBSERVADA", None)
    assert actos(gestion, "aviso_fallido") == [
        {"aviso": "previo_emitido", "evento": evento_del_previo(gestion.numero).pk}
    ]
    assert Notificacion.objects.get(destinatario=ana, plantilla="aviso_fallido")
