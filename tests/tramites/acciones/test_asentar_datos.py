"""The internal data of the office (F6)."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.asentar_datos import asentar_datos
from tramites.models import DatosInternos, Gestion
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import Conflicto


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def gestion(titular, ana) -> Gestion:
    return escenas.tomada(titular, ana)


def asentar(gestion: Gestion, quien, propios=None, **datos) -> DatosInternos:
    datos.setdefault("version", Gestion.objects.get(pk=gestion.pk).version)
    return asentar_datos(
        numero=gestion.numero,
        actor=quien,
        version=datos.pop("version"),
        datos=datos,
        propios=propios,
        ahora=timezone.now(),
    )


def test_los_datos_internos_se_guardan_y_la_bitacora_solo_dice_cuales(gestion, ana):
    """F6."""
    asentar(gestion, ana, providencia="PROV-8", propios={"causa": "ENF", "dos_anios": True})
    internos = DatosInternos.objects.get()
    assert (internos.datos, internos.providencia) == ({"causa": "ENF", "dos_anios": True}, "PROV-8")
    assert Evento.objects.get(tipo="datos_internos").datos == {
        "campos": ["causa", "dos_anios", "providencia"]
    }


def test_lo_que_no_cambia_no_es_un_acto(gestion, ana):
    for _ in range(2):
        asentar(gestion, ana, posible_alteracion=True)
    assert Evento.objects.filter(tipo="datos_internos").count() == 1


def test_una_pestana_vieja_no_borra_lo_asentado(gestion, ana):
    """F6, matriz.md §2 `version`: whoever did not see the reserved mark does not take it off."""
    vista = Gestion.objects.get(pk=gestion.pk).version
    asentar(gestion, ana, posible_alteracion=True)
    with pytest.raises(Conflicto):
        asentar(gestion, ana, version=vista, posible_alteracion=False, providencia="PROV-8")
    assert DatosInternos.objects.get().posible_alteracion is True


def test_los_datos_internos_son_de_quien_la_tiene_y_de_jefatura(gestion, ana):
    """matriz.md §3 «datos internos de F6»."""
    jefa = escenas.analista(papel="jefatura")
    asentar(gestion, jefa, solvencia="recibida")
    for papel in ("analista", "administracion", "auditoria", "consulta"):
        with pytest.raises(NoPermitido):
            asentar(gestion, escenas.analista(papel=papel), solvencia="pendiente")
    with pytest.raises(NoPermitido):
        asentar(gestion, gestion.solicitante, solvencia="pendiente")
    gestion = escenas.desistida(gestion)
    with pytest.raises(NoPermitido):
        asentar(gestion, ana, solvencia="pendiente")
    asentar(gestion, jefa, solvencia="pendiente")


def test_antes_de_enviar_no_hay_que_asentar(titular):
    """matriz.md §3: 409 in CREACION, and an archived draft is still one."""
    jefa = escenas.analista(papel="jefatura")
    for gestion in (escenas.nueva(titular), escenas.desistida(escenas.nueva(titular))):
        with pytest.raises(Conflicto):
            asentar(gestion, jefa, solvencia="recibida")
