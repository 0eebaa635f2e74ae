"""Withdrawing: its owner's act, and nothing is erased."""

import pytest

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.desistir import desistir
from tramites.models import Causa, Documento, Estado, Gestion, Nota
from tramites.reglas.rechazos import Conflicto


def creacion(titular) -> Gestion:
    return escenas.con_archivos(titular)


def recibida(titular) -> Gestion:
    return escenas.enviada_sin_papeles(titular)


@pytest.mark.parametrize("escena", [creacion, recibida, escenas.observada])
def test_se_desiste_de_lo_que_sigue_abierto(titular, escena):
    """T6: from the three states; it remembers which."""
    antes = escena(titular)
    gestion = escenas.desistida(antes)
    assert (gestion.estado, gestion.causa_archivo) == (Estado.ARCHIVADA, Causa.DESISTIMIENTO)
    assert gestion.estado_al_archivar == antes.estado
    assert gestion.archivada_en
    assert (gestion.en_cola_desde, gestion.archivar_el) == (None, None)
    assert Documento.objects.filter(retirado_en=None).count() == 6
    evento = Evento.objects.get(tipo="archivada")
    assert evento.actor == titular
    assert evento.datos == {"causa": "desistimiento", "estado": antes.estado}


def test_el_motivo_es_opcional_y_queda_fuera_de_la_bitacora(titular):
    """T6: free text is a note of the expediente; the log holds none."""
    escenas.desistida(escenas.nueva(titular))
    assert not Nota.objects.exists()
    escenas.desistida(escenas.nueva(titular), "  Ya no lo necesito. ")
    assert Nota.objects.get().texto == "Motivo del desistimiento: Ya no lo necesito."
    assert "necesito" not in str([e.datos for e in Evento.objects.all()])


def test_no_se_desiste_dos_veces_ni_de_lo_admitido(titular):
    """matriz.md §3: 409."""
    for gestion in (escenas.desistida(escenas.nueva(titular)), escenas.admitida(titular)):
        with pytest.raises(Conflicto):
            escenas.desistida(gestion)
    assert Evento.objects.filter(tipo="archivada").count() == 1


def test_no_se_desiste_de_lo_que_cambio_despues_de_verlo(titular):
    """S24: it may have been returned meanwhile."""
    gestion = escenas.nueva(titular)
    escenas.guardar(gestion, "datos-generales")
    with pytest.raises(Conflicto):
        desistir(numero=gestion.numero, actor=titular, version=gestion.version, ahora=escenas.timezone.now())
    assert Gestion.objects.get().estado == Estado.CREACION


def test_la_de_otra_persona_no_existe(titular):
    """C9, S14: X and the staff alike."""
    gestion = escenas.nueva(titular)
    for persona in (escenas.titular(), escenas.analista(papel="jefatura")):
        with pytest.raises(Gestion.DoesNotExist):
            desistir(
                numero=gestion.numero, actor=persona, version=gestion.version, ahora=escenas.timezone.now()
            )
