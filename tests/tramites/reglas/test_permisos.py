"""The table of who may do what, as the code keeps it, and its three answers."""

import pytest

from cuentas.models import Usuario
from tests.tramites import escenas
from tramites.models import Gestion
from tramites.reglas.permisos import (
    ANALISTA,
    ASIGNADO,
    JEFATURA,
    MATRIZ,
    NoPermitido,
    T,
    exigir,
    exigir_papel,
    papeles_de,
    puede,
)
from tramites.reglas.rechazos import Conflicto


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def gestion(titular, ana) -> Gestion:
    return escenas.tomada(titular, ana)


def test_cada_persona_tiene_su_papel_en_cada_gestion(gestion, titular, ana):
    """matriz.md §1: T, X, A* and A."""
    assert papeles_de(gestion, titular) == {T}
    assert papeles_de(gestion, escenas.titular()) == frozenset()
    assert papeles_de(gestion, ana) == {ASIGNADO}
    assert papeles_de(gestion, escenas.analista()) == {ANALISTA}
    assert papeles_de(escenas.enviada_sin_papeles(titular), ana) == {ANALISTA}


def test_jefatura_que_la_tiene_es_ademas_su_analista(titular):
    """matriz.md §1."""
    jefa = escenas.analista(papel="jefatura")
    assert papeles_de(escenas.tomada(titular, jefa), jefa) == {ASIGNADO, JEFATURA}


@pytest.mark.parametrize("papel", Usuario.Papel.values)
def test_con_el_mismo_cui_no_hay_papel(gestion, papel):
    """matriz.md §2, S18: nothing of the table, in any role."""
    gemela = escenas.analista(papel=papel, cui=gestion.titular_cui)
    assert papeles_de(gestion, gemela) == frozenset()
    for accion in MATRIZ:
        with pytest.raises(NoPermitido):
            exigir(gestion, gemela, accion)
        with pytest.raises(NoPermitido):
            exigir(gestion, gemela, accion, gestion.version - 1)


def test_ni_quien_ya_la_tenia_en_la_mano(gestion, ana):
    """matriz.md §2: the CUI was written afterwards."""
    ana.cui = gestion.titular_cui
    assert papeles_de(gestion, ana) == frozenset()


def test_quien_nunca_puede_es_403_y_quien_podria_409(gestion, ana):
    """matriz.md §1: the answer does not depend on what the page showed."""
    devuelta = escenas.devolver(escenas.observar_en(gestion, ana, {1: escenas.FIRMA}, {}), ana)
    with pytest.raises(Conflicto):
        exigir(devuelta, ana, "juzgar")
    for papel in ("analista", "jefatura", "auditoria"):
        with pytest.raises(NoPermitido):
            exigir(devuelta, escenas.analista(papel=papel), "juzgar")


def test_la_version_vieja_no_da_pistas_a_quien_no_puede(gestion):
    """matriz.md §2: role before version; who holds it is told only to whoever may review."""
    for papel in ("administracion", "auditoria", "consulta"):
        with pytest.raises(NoPermitido):
            exigir(gestion, escenas.analista(papel=papel), "observar", gestion.version - 1)
    for persona in (gestion.solicitante, escenas.titular()):
        with pytest.raises(NoPermitido):
            exigir(gestion, persona, "observar", gestion.version - 1)
    with pytest.raises(Conflicto, match="la tiene ahora"):
        exigir(gestion, escenas.analista(), "observar", gestion.version - 1)


def test_la_mesa_sabe_que_la_persona_desistio(gestion, ana):
    """mensajes.md §4."""
    vista = gestion.version
    gestion = escenas.desistida(gestion)
    with pytest.raises(Conflicto) as rechazo:
        exigir(gestion, ana, "observar", vista)
    assert rechazo.value.mensaje == (
        f"La persona desistió el {escenas.timezone.localdate(gestion.archivada_en):%d-%m-%Y}."
    )


def test_la_persona_lee_la_frase_de_su_estado(gestion, titular, ana):
    """mensajes.md §4."""
    with pytest.raises(Conflicto, match="Su Gestión ya fue enviada"):
        exigir(gestion, titular, "retirar")
    with pytest.raises(Conflicto, match="ONSEC ya revisó esta Gestión"):
        exigir(escenas.admitida(titular, ana), titular, "desistir")
    with pytest.raises(Conflicto, match="está archivada"):
        exigir(escenas.desistida(gestion), titular, "desistir")


def test_lo_archivado_sin_enviar_se_lee_como_borrador(titular):
    """matriz.md §3: «si nunca se envió: solo T»."""
    gestion, jefa = escenas.archivada(escenas.nueva(titular)), escenas.analista(papel="jefatura")
    assert not puede(gestion, jefa, "leer")
    assert puede(gestion, jefa, "desarchivar")
    enviada = escenas.desistida(escenas.enviada_sin_papeles(titular))
    assert puede(enviada, jefa, "leer")


@pytest.mark.parametrize("papel", ["administracion", "auditoria", "consulta"])
def test_hay_papeles_que_no_toman_ninguna(papel, db):
    """matriz.md §3 `tomar_siguiente`: also with the queue empty."""
    with pytest.raises(NoPermitido):
        exigir_papel(escenas.analista(papel=papel), "tomar")
    with pytest.raises(NoPermitido):
        exigir_papel(escenas.titular(), "tomar")
    exigir_papel(escenas.analista(), "tomar")
