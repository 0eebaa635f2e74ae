"""Jefatura re-opens what was archived (T7)."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.desarchivar import desarchivar
from tramites.models import Estado, Gestion, Nota
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import AccionRechazada, Conflicto

MOTIVO = "La persona presentó su caso a tiempo."


@pytest.fixture
def jefa(db):
    return escenas.analista(papel="jefatura")


def abrir(gestion: Gestion, quien, **cambios) -> Gestion:
    gestion = Gestion.objects.get(pk=gestion.pk)
    datos = {"motivo": MOTIVO, "referencia": "Oficio 12-2026", "version": gestion.version}
    return desarchivar(numero=gestion.numero, actor=quien, ahora=timezone.now(), **datos | cambios)


@pytest.mark.parametrize("estado", [Estado.CREACION, Estado.RECIBIDA, Estado.OBSERVADA])
def test_vuelve_al_estado_que_tenia(titular, jefa, estado):
    """T7, FB4."""
    antes = {
        Estado.CREACION: escenas.con_archivos,
        Estado.RECIBIDA: escenas.enviada_sin_papeles,
        Estado.OBSERVADA: escenas.observada,
    }[estado](titular)
    gestion = abrir(escenas.desistida(antes), jefa)
    assert gestion.estado == estado
    assert (gestion.causa_archivo, gestion.estado_al_archivar, gestion.archivada_en) == ("", "", None)
    assert (gestion.en_cola_desde is not None) is (estado == Estado.RECIBIDA)
    assert Evento.objects.get(tipo="desarchivada").datos == {"causa": "jefatura", "estado": str(estado)}


def test_el_plazo_empieza_de_nuevo(titular, jefa):
    """FB4, matriz.md §6: on the day it came back, in a new cycle."""
    gestion = escenas.archivada(escenas.observada(titular))
    ciclo = gestion.ciclo
    gestion = abrir(gestion, jefa)
    assert (gestion.base_plazo, gestion.ciclo) == (timezone.localdate(), ciclo + 1)
    assert gestion.ultimo_dia > timezone.localdate()


def test_si_nadie_fue_notificado_el_plazo_sigue_parado(titular, jefa):
    """FB0."""
    gestion = abrir(escenas.desistida(escenas.observada(titular)), jefa)
    assert (gestion.notificada_en, gestion.archivar_el) == (None, None)


def test_el_plazo_de_lo_recibido_no_corre(titular, jefa):
    """FB1."""
    assert abrir(escenas.desistida(escenas.enviada_sin_papeles(titular)), jefa).archivar_el is None


@pytest.mark.parametrize("corto", ["", " " * 30, "x" * 19])
def test_el_motivo_lleva_veinte_letras(titular, jefa, corto):
    """T7."""
    gestion = escenas.archivada(escenas.observada(titular))
    with pytest.raises(AccionRechazada, match="20 letras"):
        abrir(gestion, jefa, motivo=corto)
    assert Gestion.objects.get().estado == Estado.ARCHIVADA
    assert not Nota.objects.exists()


def test_lo_desistido_exige_la_peticion_escrita(titular, jefa):
    """T7: the owner's, named by its reference; what time archived needs none."""
    desistida = escenas.desistida(escenas.observada(titular))
    with pytest.raises(AccionRechazada, match="referencia de la petición"):
        abrir(desistida, jefa, referencia=" ")
    abrir(desistida, jefa)
    assert Nota.objects.get().texto == f"Desarchivo: {MOTIVO} (petición: Oficio 12-2026)"
    abrir(escenas.archivada(escenas.observada(titular)), jefa, referencia="")


def test_el_motivo_queda_fuera_de_la_bitacora(titular, jefa):
    """arquitectura.md «The log»: data without personal text."""
    abrir(escenas.desistida(escenas.observada(titular)), jefa)
    assert "Oficio" not in str([e.datos for e in Evento.objects.all()])


def test_solo_jefatura_y_solo_lo_archivado(titular, jefa):
    """matriz.md §3 `desarchivar`."""
    gestion = escenas.observada(titular)
    with pytest.raises(Conflicto):
        abrir(gestion, jefa)
    gestion = escenas.desistida(gestion)
    for papel in ("analista", "administracion", "auditoria", "consulta"):
        with pytest.raises(NoPermitido):
            abrir(gestion, escenas.analista(papel=papel))
    for persona in (titular, escenas.titular(), escenas.analista(papel="jefatura", cui=titular.cui)):
        with pytest.raises(NoPermitido):
            abrir(gestion, persona)


def test_dos_jefaturas_no_la_abren_dos_veces(titular, jefa):
    """S24: the second saw the archived one."""
    vista = escenas.desistida(escenas.observada(titular))
    abrir(vista, jefa)
    with pytest.raises(Conflicto):
        abrir(vista, escenas.analista(papel="jefatura"), version=vista.version)
    assert Evento.objects.filter(tipo="desarchivada").count() == 1
