"""Internal notes (F6)."""

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.anotar import anotar
from tramites.models import Gestion, Nota
from tramites.reglas.rechazos import AccionRechazada


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def gestion(titular, ana) -> Gestion:
    return escenas.tomada(titular, ana)


def escribir(gestion: Gestion, quien, texto: str = "Llamé a la persona.", ficha: UUID | None = None) -> Nota:
    return anotar(
        numero=gestion.numero, actor=quien, texto=texto, ficha=ficha or uuid4(), ahora=timezone.now()
    )


def test_una_nota_dice_quien_y_cuando_y_no_sale_del_expediente(gestion, ana):
    """F6: the log says that there was one, not what it says."""
    nota = escribir(gestion, ana, "  Llamé a la persona. ")
    assert (nota.autor, nota.texto) == (ana, "Llamé a la persona.")
    evento = Evento.objects.get(tipo="nota_interna")
    assert (evento.actor, evento.datos) == (ana, {})


def test_la_misma_ficha_dos_veces_es_una_nota(gestion, ana):
    """S13: a double click; the same words in another moment are another note."""
    ficha = uuid4()
    assert escribir(gestion, ana, ficha=ficha) == escribir(gestion, ana, ficha=ficha)
    assert Evento.objects.filter(tipo="nota_interna").count() == 1
    escribir(gestion, ana)
    assert gestion.notas.count() == 2


def test_una_nota_vacia_no_es_una_nota(gestion, ana):
    with pytest.raises(AccionRechazada, match="Escriba la nota"):
        escribir(gestion, ana, "   ")
    assert not Nota.objects.exists()


def test_se_anota_tambien_despues_de_admitir(titular, ana):
    """F6, matriz.md §3 `anotar`; a note is no decision: it needs no version and moves none."""
    gestion = escenas.admitida(titular, ana)
    escribir(gestion, ana)
    assert Gestion.objects.get().version == gestion.version


def test_una_nota_no_es_un_acto_del_titular(gestion, ana):
    """matriz.md §6: the clock does not hear the office."""
    escribir(gestion, ana)
    assert Gestion.objects.get().ultima_accion_en == gestion.ultima_accion_en
