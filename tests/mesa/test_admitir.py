"""«Admitir expediente», with its legal base (F2)."""

import pytest

from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import avisos, botones, campos, palabras
from tramites.models import Estado, Gestion

pytestmark = pytest.mark.django_db


def estado(gestion: Gestion) -> str:
    return Gestion.objects.get(pk=gestion.pk).estado


def confirmar(navegador, direccion, **dicho):
    """Open the window and press its button: the hidden fields go as they were shown."""
    ocultos = {n: v for n, v in campos(navegador.get(direccion)).items() if n in ("version", "motivo") and v}
    return navegador.post(direccion, ocultos | dicho)


@pytest.fixture
def revisada(tomada, analista) -> Gestion:
    """All verified but the first, with the manual's own case."""
    return escenas.observar_en(tomada, analista, {1: escenas.FIRMA}, {})


@pytest.fixture
def verificada(tomada, analista) -> Gestion:
    return escenas.observar_en(tomada, analista, {}, {})


def test_admitir_se_confirma_con_su_base_legal(mesa, verificada, pagina):
    """F2: art. 31 §2; art. 24."""
    respuesta = mesa.get(pagina("admitir", verificada))
    assert verificada.definicion.base_admision in palabras(respuesta)
    assert botones(respuesta) == ["Sí, admitir expediente", "No"]
    confirmar(mesa, pagina("admitir", verificada))
    assert estado(verificada) == Estado.ADMITIDA


def test_lo_que_impide_admitir_se_dice(mesa, revisada, pagina):
    """mensajes.md §3: «No se puede admitir: … sin «Verificado».»"""
    frase = "No se puede admitir: 1 sin «Verificado»."
    respuesta = mesa.get(pagina("admitir", revisada))
    assert frase in palabras(respuesta)
    assert botones(respuesta) == ["Volver a la revisión"]
    hecho = mesa.post(pagina("admitir", revisada), {"version": revisada.version}, follow=True)
    assert avisos(hecho) == [frase]
    assert estado(revisada) == Estado.RECIBIDA
