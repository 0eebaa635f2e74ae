"""«Eliminar» in a returned Gestión: hidden and kept, or erased if it was never sent."""

import pytest
from django.core.files.storage import default_storage

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.models import Documento, Gestion
from tramites.reglas.rechazos import Conflicto


def de_renglon(gestion: Gestion, renglon: int) -> Documento:
    return next(d for d in gestion.documentos_vigentes if d.renglon == renglon)


@pytest.fixture
def observada(titular) -> Gestion:
    """A case on renglón 1; the rest verified."""
    return escenas.observada(titular)


def test_lo_enviado_se_oculta_y_se_conserva(observada):
    """E4: row and bytes stay in the expediente."""
    documento = de_renglon(observada, 1)
    escenas.quitar(observada, documento)
    guardado = Documento.objects.get(pk=documento.pk)
    assert guardado.retirado_en
    assert default_storage.exists(guardado.archivo.name)
    assert Evento.objects.get(tipo="documento_retirado").datos == {"renglon": 1, "sha256": documento.sha256}


@pytest.mark.django_db(transaction=True)
def test_lo_subido_en_esta_ronda_se_borra():
    """E4, matriz.md §3: it was never sent."""
    gestion = escenas.observada(escenas.titular())
    documento = escenas.adjuntar(gestion, 8)
    escenas.quitar(gestion, documento)
    assert not Documento.objects.filter(pk=documento.pk).exists()
    assert not default_storage.exists(documento.archivo.name)


def test_lo_verificado_no_se_elimina(observada):
    """E3, E6: only what was observed."""
    documento = de_renglon(observada, 2)
    with pytest.raises(Conflicto, match="ya no se puede cambiar"):
        escenas.quitar(observada, documento)
    assert Documento.objects.get(pk=documento.pk).retirado_en is None


def test_el_archivo_que_el_caso_no_nombra_se_queda(titular):
    """E9: SI, without «Eliminar», though its renglón is observed."""
    ana, gestion = escenas.analista(), escenas.con_archivos(titular)
    malo = escenas.adjuntar(gestion, 5)
    bueno = de_renglon(gestion, 5)
    escenas.mandar(gestion)
    escenas.tomar(numero=gestion.numero, actor=ana, ahora=gestion.creada_en)
    caso = {5: {"texto": "ILEGIBLE.", "archivos": (malo.pk,)}}
    gestion = escenas.observar_en(Gestion.de(titular, gestion.numero), ana, caso, {})
    gestion = escenas.devolver(gestion, ana)
    with pytest.raises(Conflicto):
        escenas.quitar(gestion, bueno)
    escenas.quitar(gestion, malo)


def test_lo_ya_eliminado_no_esta(observada):
    """A second click finds nothing."""
    documento = de_renglon(observada, 1)
    escenas.quitar(observada, documento)
    with pytest.raises(Documento.DoesNotExist):
        escenas.quitar(observada, documento)
    assert Evento.objects.filter(tipo="documento_retirado").count() == 1


def test_eliminar_es_un_acto_que_reinicia_el_plazo(observada):
    """FB1, matriz.md §6."""
    hace_meses = escenas.timezone.now() - escenas.timedelta(days=60)
    gestion = escenas.notificada(observada, hace_meses)
    antes = gestion.ciclo
    Gestion.objects.update(base_plazo=hace_meses.date())
    escenas.quitar(gestion, de_renglon(gestion, 1))
    gestion = Gestion.objects.get()
    assert gestion.base_plazo == escenas.timezone.localdate()
    assert gestion.ciclo == antes + 1


def test_onsec_no_ve_lo_que_falta_enviar(observada):
    """matriz.md §4: what is loaded while returned belongs to no sending yet."""
    nuevo = escenas.adjuntar(observada, 1)
    assert nuevo.envio is None
