"""A notice that failed for good is told, and forgotten once it arrives (D2)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notificaciones.correo import despacho
from notificaciones.models import Correo, Notificacion
from notificaciones.tareas import enviar_correo
from tests.tramites import escenas
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


def previo() -> Correo:
    return Correo.objects.get(plantilla="previo")


def releida(gestion: Gestion) -> Gestion:
    return Gestion.objects.get(pk=gestion.pk)


def agotar(correo: Correo) -> None:
    """Every attempt, each in its turn."""
    for _ in range(despacho.INTENTOS_MAXIMOS):
        correo.refresh_from_db()
        with time_machine.travel(max(timezone.now(), correo.proximo_intento_en) + timedelta(seconds=1)):
            enviar_correo(correo.pk)


def test_cuando_falla_del_todo_lo_sabe_el_analista(devuelta, ana, smtp_caido):
    """D2, matriz.md §7 `aviso_fallido`: nothing is undone, the clock does not run, the analyst sees it."""
    agotar(previo())
    gestion = releida(devuelta)
    assert (previo().estado, gestion.estado, gestion.notificada_en) == ("fallido", "OBSERVADA", None)
    assert actos(gestion, "aviso_fallido") == [
        {"aviso": "previo_emitido", "evento": evento_del_previo(gestion.numero).pk}
    ]
    assert Notificacion.objects.get(destinatario=ana, plantilla="aviso_fallido")
