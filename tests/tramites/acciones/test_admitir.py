"""«Admitir expediente»."""

import pytest

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.admitir import admitir
from tramites.models import Estado, Gestion, Resultado
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import AccionRechazada, Conflicto


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def gestion(titular, ana) -> Gestion:
    return escenas.tomada(titular, ana)


def intentar(gestion: Gestion, quien) -> Gestion:
    gestion = Gestion.objects.get(pk=gestion.pk)
    return admitir(numero=gestion.numero, actor=quien, version=gestion.version, ahora=gestion.recibida_en)


def test_admitida_dice_quien_cuando_y_con_que_base(titular, ana):
    """T4, F2: art. 31 §2 and art. 24."""
    gestion = escenas.admitida(titular, ana)
    assert gestion.estado == Estado.ADMITIDA
    assert gestion.admitida_en
    evento = Evento.objects.get(tipo="admitida")
    assert evento.actor == ana
    base = gestion.definicion.base_admision
    assert evento.datos == {"ronda": 1, "base": base}
    assert "artículo 31" in base
    assert "artículo 24" in base


def test_se_nombra_lo_que_falta_verificar(gestion, ana):
    """mensajes.md §3, desk."""
    for renglon in (1, 2, 4, 5):
        escenas.dictaminar(gestion, ana, renglon=renglon)
    with pytest.raises(AccionRechazada) as rechazo:
        intentar(gestion, ana)
    assert rechazo.value.mensaje == "No se puede admitir: 3, 6 sin «Verificado»."


@pytest.mark.parametrize(
    "caso", [{"renglon": 7, "texto": "FALTA."}, {"paso": "juramento", "texto": "FALTA EL DETALLE."}]
)
def test_con_una_observacion_no_se_admite(gestion, ana, caso):
    """T4: neither an empty optional renglón nor a step."""
    escenas.observar_en(gestion, ana, {}, {})
    escenas.dictaminar(gestion, ana, resultado=Resultado.OBSERVADO, **caso)
    with pytest.raises(AccionRechazada, match="No se puede admitir"):
        intentar(gestion, ana)


def test_un_archivo_que_nadie_reviso_impide_admitir(gestion, ana):
    """T4, B7.3: loaded to «Otros» after the review."""
    escenas.observar_en(gestion, ana, {}, {})
    escenas.subir(Gestion.de(gestion.solicitante, gestion.numero), 8)
    with pytest.raises(AccionRechazada, match="No se puede admitir: 8 sin"):
        intentar(gestion, ana)


def test_solo_quien_la_tiene_y_una_vez(titular, gestion, ana):
    """matriz.md §3 `admitir`."""
    escenas.observar_en(gestion, ana, {}, {})
    for papel in ("analista", "jefatura", "administracion", "auditoria", "consulta"):
        with pytest.raises(NoPermitido):
            intentar(gestion, escenas.analista(papel=papel))
    with pytest.raises(NoPermitido):
        intentar(gestion, titular)
    intentar(gestion, ana)
    with pytest.raises(Conflicto):
        intentar(gestion, ana)
    assert Evento.objects.filter(tipo="admitida").count() == 1


def test_no_se_admite_lo_que_cambio_despues_de_verlo(gestion, ana):
    """S24."""
    vista = escenas.observar_en(gestion, ana, {}, {})
    escenas.subir(Gestion.de(gestion.solicitante, gestion.numero), 8)
    with pytest.raises(Conflicto):
        admitir(numero=vista.numero, actor=ana, version=vista.version, ahora=vista.recibida_en)


def test_admitida_no_tiene_salida(titular, ana):
    """matriz.md §2: the end of this scope."""
    gestion = escenas.admitida(titular, ana)
    for intento in (
        lambda: escenas.devolver(gestion, ana),
        lambda: escenas.desistida(gestion),
        lambda: escenas.remandar(gestion),
        lambda: escenas.guardar(gestion, "juramento"),
        lambda: escenas.subir(gestion, 1),
        lambda: escenas.quitar(gestion, gestion.documentos_vigentes[0]),
    ):
        with pytest.raises(Conflicto):
            intento()
    assert Gestion.de(titular, gestion.numero).estado == Estado.ADMITIDA
