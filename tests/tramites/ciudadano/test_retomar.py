"""FB2: a draft archived by time is taken up again by its owner, with «Continuar»."""

import pytest
from django.urls import reverse

from tests.tramites import escenas
from tramites.models import Estado, Gestion

from .lectura import avisos, botones, palabras


@pytest.fixture
def archivada(titular) -> Gestion:
    return escenas.archivada(escenas.hasta_acta(titular))


def retomar(gestion) -> str:
    return reverse("retomar", args=[gestion.numero])


def test_el_borrador_archivado_se_retoma_con_continuar(cliente, archivada, paso):
    """FB2, mensajes.md §7: nothing was erased, and it goes on where it was."""
    pagina = cliente.get(reverse("gestion", args=[archivada.numero]))
    leido = palabras(pagina)
    assert "Pasaron seis meses sin que usted actuara. Puede retomarlo con «Continuar»." in leido
    assert "Su borrador se conserva. Presione «Continuar» para retomarlo." in leido
    assert "Continuar" in botones(pagina)
    respuesta = cliente.post(retomar(archivada), follow=True)
    assert respuesta.redirect_chain == [(paso(archivada, "acta"), 302)]
    assert avisos(respuesta) == [f"Retomó la Gestión No. {archivada.numero}. Nada de lo suyo se borró."]
    gestion = Gestion.de(archivada.solicitante, archivada.numero)
    assert gestion.estado == Estado.CREACION
    assert gestion.archivar_el
    assert len(gestion.respuestas.all()) == 3


def test_en_mis_solicitudes_tambien_hay_continuar(cliente, archivada):
    """FB2, C8: from the row itself, without going in."""
    pagina = cliente.get(reverse("solicitudes"))
    assert botones(pagina)[-2:] == ["Continuar", "Ver detalle"]
    assert f'action="{retomar(archivada)}"' in pagina.content.decode()


@pytest.mark.parametrize(
    "escena",
    [
        escenas.con_archivos,
        escenas.enviada_sin_papeles,
        lambda t: escenas.desistida(escenas.con_archivos(t)),
        lambda t: escenas.archivada(escenas.observada(t)),
    ],
    ids=["borrador", "recibida", "desistida", "observada archivada"],
)
def test_solo_se_retoma_un_borrador_archivado_por_plazo(cliente, titular, escena):
    """T7a: everything else is a 409."""
    gestion = escena(titular)
    assert cliente.post(retomar(gestion)).status_code == 409
    assert Gestion.de(titular, gestion.numero).estado == gestion.estado


def test_la_observada_archivada_se_pide_a_onsec(cliente, titular):
    """textos.md §12, FB4: its owner cannot re-open it."""
    gestion = escenas.archivada(escenas.observada(titular))
    pagina = cliente.get(reverse("gestion", args=[gestion.numero]))
    leido = palabras(pagina)
    assert "Pasaron seis meses sin que usted actuara. Pida a ONSEC que lo reabra." in leido
    assert "Su expediente se conserva. Para reabrirlo, pídalo a ONSEC." in leido
    assert "Continuar" not in botones(pagina)


def test_no_se_retoma_con_solo_mirar(cliente, archivada):
    """S19: a GET changes nothing."""
    assert cliente.get(retomar(archivada)).status_code == 405
