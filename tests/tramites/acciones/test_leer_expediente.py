"""Each reading of an expediente is an event (F3)."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.leer_expediente import leer_expediente
from tramites.models import Gestion
from tramites.reglas.permisos import NoPermitido


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def gestion(titular, ana) -> Gestion:
    return escenas.tomada(titular, ana)


@pytest.mark.parametrize("papel", ["analista", "jefatura", "auditoria"])
def test_cada_lectura_del_expediente_es_un_evento(gestion, papel):
    """F3, matriz.md §3: A, J and U; the one who has it too."""
    for quien in (escenas.analista(papel=papel), gestion.asignada_a):
        for _ in range(2):
            leer_expediente(gestion=gestion, actor=quien, ahora=timezone.now())
        assert Evento.objects.filter(tipo="expediente_leido", actor=quien).count() == 2


@pytest.mark.parametrize("papel", ["administracion", "consulta"])
def test_los_demas_no_leen_el_expediente(gestion, papel):
    """matriz.md §3: 403, and no event."""
    with pytest.raises(NoPermitido):
        leer_expediente(gestion=gestion, actor=escenas.analista(papel=papel), ahora=timezone.now())
    assert not Evento.objects.filter(tipo="expediente_leido").exists()


def test_de_un_borrador_no_se_lee_nada(titular):
    """matriz.md §3: nor of one archived without being sent."""
    for gestion in (escenas.nueva(titular), escenas.archivada(escenas.nueva(titular))):
        for papel in ("analista", "jefatura", "auditoria"):
            with pytest.raises(NoPermitido):
                leer_expediente(gestion=gestion, actor=escenas.analista(papel=papel), ahora=timezone.now())
