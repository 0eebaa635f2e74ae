"""The papers on a disk that fills up: none half made, and then the same name as ever."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.disco import lleno
from tests.tramites import escenas
from tramites.acciones.imprimir import (
    imprimir_admision,
    imprimir_constancia,
    imprimir_formulario,
    imprimir_previo,
)
from tramites.models import Comprobante, Envio, VersionFormulario
from tramites.reglas.rechazos import AccionRechazada


def _formulario(titular):
    gestion = escenas.hasta_documentos(titular)
    return lambda: imprimir_formulario(VersionFormulario.objects.get(gestion=gestion)), "formulario-1.pdf"


def _constancia(titular):
    gestion = escenas.enviada_sin_papeles(titular)
    return lambda: imprimir_constancia(Envio.objects.get(gestion=gestion)), "constancia-1.pdf"


def _previo(titular):
    gestion = escenas.observada(titular)
    return lambda: imprimir_previo(gestion, 1), "previo-1.pdf"


def _admision(titular):
    gestion = escenas.admitida(titular)
    return lambda: imprimir_admision(gestion), "admision-1.pdf"


@pytest.mark.parametrize("papel", [_formulario, _constancia, _previo, _admision])
def test_un_papel_a_medias_no_se_guarda_y_al_repetir_sale_con_su_nombre(titular, papel, settings, tmp_path):
    """B4.3: a sentence, nothing on the disk, no row that promises it; with room, the kept name."""
    imprimir, nombre = papel(titular)
    con_sitio = settings.STORAGES
    settings.STORAGES = lleno(settings, tmp_path, 8_192)
    with pytest.raises(AccionRechazada, match="No pudimos preparar el documento"):
        imprimir()
    assert not [ruta for ruta in tmp_path.rglob("*") if ruta.is_file()]
    assert not Comprobante.objects.exclude(pdf=None).exclude(pdf="").exists()
    settings.STORAGES = con_sitio
    impreso = imprimir()
    assert impreso.name.endswith(f"/{nombre}")
    assert impreso.open("rb").read().rstrip().endswith(b"%%EOF")
    assert imprimir().name == impreso.name


def test_lo_que_dejo_una_impresion_muerta_cede_su_nombre(titular):
    """Killed between its file and its row: printing again gives the name that it would have had."""
    version = VersionFormulario.objects.get(gestion=escenas.hasta_documentos(titular))
    nombre = f"gestiones/{version.gestion_id}/formulario-1.pdf"
    default_storage.save(nombre, ContentFile(b"%PDF-1.7 a medias"))
    impreso = imprimir_formulario(version)
    assert impreso.name == nombre
    assert impreso.open("rb").read().rstrip().endswith(b"%%EOF")
