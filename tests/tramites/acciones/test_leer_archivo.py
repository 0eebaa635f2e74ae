"""Each reading of a file is an event, and for some a written reason (F1, F3)."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.leer_archivo import leer_archivo
from tramites.acciones.leer_expediente import leer_expediente
from tramites.models import Documento, Gestion, Nota
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import AccionRechazada


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def gestion(titular, ana) -> Gestion:
    return escenas.tomada(titular, ana)


def abrir(gestion: Gestion, quien, documento: Documento | None = None, motivo: str = "") -> Documento:
    documento = documento or gestion.documentos.first()
    return leer_archivo(gestion=gestion, actor=quien, pk=documento.pk, motivo=motivo, ahora=timezone.now())


def test_leer_un_archivo_dice_de_que_renglon(gestion, ana):
    """F3."""
    documento = abrir(gestion, ana)
    assert Evento.objects.get(tipo="documento_leido").datos == {"renglon": documento.renglon, "motivo": False}


@pytest.mark.parametrize("papel", ["auditoria", "administracion"])
def test_auditoria_y_administracion_escriben_para_que(gestion, papel):
    """matriz.md §3 «con motivo escrito»: it is kept, and not in the log."""
    quien = escenas.analista(papel=papel)
    with pytest.raises(AccionRechazada):
        abrir(gestion, quien, motivo="  ")
    assert not Evento.objects.filter(tipo="documento_leido").exists()
    documento = abrir(gestion, quien, motivo="Queja 14.")
    assert Nota.objects.get().texto == f"Lectura del documento {documento.renglon}: Queja 14."
    assert Evento.objects.get(tipo="documento_leido").datos == {"renglon": documento.renglon, "motivo": True}


def test_consulta_y_los_ciudadanos_no_abren_archivos(gestion, titular):
    """F7, S14."""
    for quien in (escenas.analista(papel="consulta"), titular, escenas.titular()):
        with pytest.raises(NoPermitido):
            abrir(gestion, quien, motivo="Quiero verlo.")


def test_quien_tiene_el_mismo_cui_no_abre_nada(gestion):
    """matriz.md §2: 403."""
    gemela = escenas.analista(cui=gestion.titular_cui)
    with pytest.raises(NoPermitido):
        abrir(gestion, gemela)
    with pytest.raises(NoPermitido):
        leer_expediente(gestion=gestion, actor=gemela, ahora=timezone.now())


def test_lo_que_no_se_ha_enviado_no_existe_para_onsec(titular, ana):
    """matriz.md §4: what is loaded while returned."""
    gestion = escenas.observada(titular, ana)
    nuevo = escenas.adjuntar(gestion, 1)
    with pytest.raises(Documento.DoesNotExist):
        abrir(gestion, ana, nuevo)


def test_lo_eliminado_por_la_persona_sigue_en_el_expediente(titular, ana):
    """E4: the version that was sent."""
    gestion = escenas.observada(titular, ana)
    viejo = gestion.documentos_vigentes[0]
    escenas.quitar(gestion, viejo)
    assert abrir(gestion, ana, viejo) == viejo
