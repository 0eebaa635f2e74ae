"""What the mail could not, told by hand (FB0)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.fabricas import PersonalFactory
from tests.tramites import escenas
from tests.tramites.entregas import agotar, previo, releida
from tramites.acciones.registrar_notificacion import registrar_notificacion
from tramites.models import Gestion
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import AccionRechazada, Conflicto

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def devuelta(ana) -> Gestion:
    return escenas.observada(escenas.titular(), ana)


def a_mano(gestion: Gestion, quien, dias: int = 0, medio: str = "Llamada al 5555-1234"):
    ahora = timezone.now()
    return registrar_notificacion(
        numero=gestion.numero,
        actor=quien,
        fecha=timezone.localdate(ahora) + timedelta(days=dias),
        medio=medio,
        ahora=ahora,
    )


@pytest.fixture
def sin_entregar(devuelta, smtp_caido) -> Gestion:
    agotar(previo())
    return devuelta


def test_a_mano_se_registra_lo_que_el_correo_no_pudo(sin_entregar, ana):
    """FB0, matriz.md §3 `registrar_notificacion`: with date and means; the means stays out of the log."""
    hoy = timezone.localdate()
    gestion = a_mano(sin_entregar, ana)
    assert timezone.localdate(gestion.notificada_en) == hoy
    assert gestion.base_plazo == hoy
    assert "Llamada al 5555-1234" in gestion.notas.get().texto
    evento = Evento.objects.get(tipo="aviso_entregado")
    assert (evento.actor, evento.datos["medio"]) == (ana, "mano")
    assert "5555" not in str(evento.datos)
    with pytest.raises(Conflicto):
        a_mano(sin_entregar, ana)


def test_a_mano_solo_si_el_aviso_fallo(devuelta, ana):
    """matriz.md §3: «si el aviso del previo está «fallido»»."""
    with pytest.raises(Conflicto, match="no ha fallado"):
        a_mano(devuelta, ana)


@pytest.mark.parametrize(
    ("dias", "medio", "mensaje"),
    [(1, "Llamada", "futura"), (-1, "Llamada", "anterior al previo"), (0, "  ", "por qué medio")],
)
def test_a_mano_la_fecha_y_el_medio_se_revisan(sin_entregar, ana, dias, medio, mensaje):
    """FB0."""
    with pytest.raises(AccionRechazada, match=mensaje):
        a_mano(sin_entregar, ana, dias, medio)
    assert releida(sin_entregar).notificada_en is None


@pytest.mark.parametrize("papel", ["analista", "administracion", "auditoria", "consulta"])
def test_a_mano_solo_quien_la_tiene_y_jefatura(sin_entregar, papel):
    """matriz.md §3: A* J."""
    with pytest.raises(NoPermitido):
        a_mano(sin_entregar, PersonalFactory(papel=papel))
    a_mano(sin_entregar, PersonalFactory(papel="jefatura"))
