"""«Tomar»."""

import pytest
from django.utils import timezone

from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import botones, palabras
from tramites.acciones.tomar import tomar

pytestmark = pytest.mark.django_db


def test_tomar_la_deja_en_sus_manos(mesa, recibida, pagina):
    assert "Tomar" in botones(mesa.get(pagina("revision", recibida)))
    assert mesa.post(pagina("tomar", recibida))["Location"] == pagina("revision", recibida)
    assert "Liberar" in botones(mesa.get(pagina("revision", recibida)))


def test_la_que_otra_persona_tomo_es_409_con_su_nombre(mesa, recibida, pagina):
    """mensajes.md §3: «{Nombre} ya tomó esta Gestión. Elija otra.»"""
    otra = escenas.analista(primer_nombre="DIEGO", primer_apellido="IXCOT")
    tomar(numero=recibida.numero, actor=otra, ahora=timezone.now())
    respuesta = mesa.post(pagina("tomar", recibida))
    assert respuesta.status_code == 409
    assert "DIEGO IXCOT ya tomó esta Gestión. Elija otra." in palabras(respuesta)
