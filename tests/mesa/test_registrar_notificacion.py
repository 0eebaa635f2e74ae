"""The previo told by hand (FB0)."""

import pytest
from django.utils import timezone

from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import errores, palabras
from tramites.acciones.registrar_falla import registrar_falla
from tramites.models import Gestion
from tramites.reglas.notificacion import evento_del_previo

pytestmark = pytest.mark.django_db


@pytest.fixture
def revisada(tomada, analista) -> Gestion:
    """All verified but the first, with the manual's own case."""
    return escenas.observar_en(tomada, analista, {1: escenas.FIRMA}, {})


def test_registrar_a_mano_solo_si_el_aviso_fallo(mesa, revisada, analista, pagina):
    """FB0, matriz.md §3: with date and means; the clock starts that day."""
    observada = escenas.devolver(revisada, analista)
    hoy = f"{timezone.localdate():%d/%m/%Y}"
    dicho = {"fecha": hoy, "medio": "Llamada al 5550-0142"}
    assert "su plazo no corre" in palabras(mesa.get(pagina("revision", observada)))
    assert mesa.post(pagina("registrar_notificacion", observada), dicho).status_code == 409
    _hacer_fallar(observada)
    assert "Registrar la notificación a mano" in palabras(mesa.get(pagina("revision", observada)))
    mal = mesa.post(pagina("registrar_notificacion", observada), {"fecha": "32/13/2026", "medio": ""})
    assert errores(mal) == [
        "Esa fecha no existe en el calendario. Revise el día y el mes.",
        "Escriba por qué medio notificó a la persona.",
    ]
    futura = mesa.post(pagina("registrar_notificacion", observada), dicho | {"fecha": "01/01/2099"})
    assert errores(futura) == ["La fecha de la notificación no puede ser futura. Revísela."]
    mesa.post(pagina("registrar_notificacion", observada), dicho)
    observada.refresh_from_db()
    assert observada.notificada_en is not None
    assert observada.archivar_el is not None


def _hacer_fallar(gestion: Gestion) -> None:
    registrar_falla(evento_id=evento_del_previo(gestion.numero).pk, ahora=timezone.now())
