"""Its owner takes up again a draft archived by time (T7a)."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.retomar import retomar
from tramites.models import Estado, Gestion
from tramites.reglas.rechazos import Conflicto


def de_nuevo(gestion: Gestion) -> Gestion:
    return retomar(numero=gestion.numero, actor=gestion.solicitante, ahora=timezone.now())


def test_la_persona_retoma_su_borrador_archivado_por_plazo(titular):
    """T7a, FB2: without jefatura, and with all it held."""
    gestion = escenas.archivada(escenas.con_archivos(titular))
    gestion = de_nuevo(gestion)
    assert gestion.estado == Estado.CREACION
    assert gestion.base_plazo == timezone.localdate()
    assert Evento.objects.get(tipo="desarchivada").datos == {"causa": "retomada", "estado": "CREACION"}
    assert escenas.mandar(Gestion.de(titular, gestion.numero)).ronda == 1


def test_lo_demas_no_se_retoma(titular):
    """T7a: neither a withdrawn draft, nor what ONSEC had, nor what is not archived."""
    for gestion in (
        escenas.desistida(escenas.nueva(titular)),
        escenas.archivada(escenas.observada(titular)),
        escenas.desistida(escenas.observada(titular)),
        escenas.observada(titular),
        escenas.nueva(titular),
    ):
        antes = gestion.estado
        with pytest.raises(Conflicto):
            de_nuevo(gestion)
        assert Gestion.objects.get(pk=gestion.pk).estado == antes


def test_la_de_otra_persona_no_existe(titular):
    """C9, S14."""
    gestion = escenas.archivada(escenas.nueva(titular))
    for persona in (escenas.titular(), escenas.analista(papel="jefatura")):
        with pytest.raises(Gestion.DoesNotExist):
            retomar(numero=gestion.numero, actor=persona, ahora=timezone.now())
