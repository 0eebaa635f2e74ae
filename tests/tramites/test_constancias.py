"""The receipt: what was received, when in Guatemala, and that it is not yet admitted."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from papeles.generar import generar
from tests.fabricas import GestionFactory
from tramites.constancias import constancia_de
from tramites.models import Documento, Envio, VersionFormulario

pytestmark = pytest.mark.django_db
# In Guatemala it is still the eleventh, 23:30:05.
ENVIADA = datetime(2026, 6, 12, 5, 30, 5, tzinfo=UTC)


def enviar(gestion, ronda: int, cuando: datetime) -> Envio:
    version, _nueva = VersionFormulario.objects.get_or_create(
        gestion=gestion,
        n=1,
        defaults={"contenido": {}, "resumen": "", "fecha_acta": cuando, "confirmada_en": cuando},
    )
    return Envio.objects.create(
        gestion=gestion,
        ronda=ronda,
        ficha=uuid4(),
        enviado_en=cuando,
        version_formulario=version,
        resumen="ab" * 32,
        codigo=f"0123456789ABCDEF012{ronda}",
    )


def cargar(envio: Envio, renglon: int, nombre: str, **otros) -> Documento:
    return Documento.objects.create(
        gestion=envio.gestion,
        renglon=renglon,
        nombre=nombre,
        sha256=f"{renglon:02}" * 32,
        tamano=1000,
        paginas=4,
        ficha=uuid4(),
        envio=envio,
        subido_en=envio.enviado_en - timedelta(hours=1),
        **otros,
    )


def texto(envio: Envio) -> str:
    documentos = envio.gestion.documentos_al(envio.enviado_en)
    pdf = generar(constancia_de(envio, documentos), creado=envio.enviado_en)
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture
def envio(settings) -> Envio:
    settings.URL_PUBLICA = "https://ceo.example"
    gestion = GestionFactory(titular_nombre="ROSALINDA TZOC BARRERA", titular_cui="1600325470202")
    return enviar(gestion, 1, ENVIADA)


def test_dice_que_se_recibio_y_cuando_en_guatemala(envio):
    """C8, formatos.md: number, 24-hour time of Guatemala, person and each file."""
    cargar(envio, 3, "dpi.pdf")
    papel = texto(envio)
    assert "CONSTANCIA DE RECEPCIÓN" in papel
    assert f"Número de Gestión {envio.gestion_id}" in papel
    assert "11-06-2026 a las 23:30:05" in papel
    assert "ROSALINDA TZOC BARRERA" in papel
    assert "1600 32547 0202" in papel
    assert "3 Documento personal de identificación -DPI- dpi.pdf 4 030303030303" in papel


def test_explica_que_recibida_no_es_admitida_y_que_es_gratis(envio):
    """B7.4, D1: «Solicitud Recibida» and gratuity, in plain words."""
    papel = texto(envio)
    assert "Solicitud Recibida" in papel
    assert "ONSEC recibió su solicitud, pero todavía no está admitida." in papel
    assert "es totalmente gratuita." in papel


def test_lleva_el_codigo_y_la_direccion_para_comprobarla(envio):
    """S16: the code of 80 bits; the address is that of the configuration."""
    papel = texto(envio)
    assert "Código 0123456789ABCDEF0121" in papel
    assert "https://ceo.example/verificar/0123456789ABCDEF0121/" in papel


def test_la_de_un_envio_no_cambia_con_lo_que_pasa_despues(envio):
    """B4.3, E4: a later file is not in it; one withdrawn later still is, and not in the next receipt."""
    despues = ENVIADA + timedelta(days=9)
    cargar(envio, 2, "nacimiento.pdf", retirado_en=despues - timedelta(days=1))
    cargar(envio, 3, "dpi.pdf")
    segundo = enviar(envio.gestion, 2, despues)
    cargar(segundo, 2, "nacimiento-nueva.pdf")
    primera, segunda = texto(envio), texto(segundo)
    assert "nacimiento.pdf" in primera
    assert "nacimiento-nueva.pdf" not in primera
    assert "envío número" not in primera
    assert "nacimiento-nueva.pdf" in segunda
    assert "nacimiento.pdf" not in segunda
    assert "dpi.pdf" in segunda
    assert "Esta constancia es del envío número 2" in segunda


@pytest.mark.parametrize("archivos", [6, 7, 10, 30])
def test_lo_que_no_cabe_en_una_hoja_son_filas_con_su_encabezado(envio, archivos):
    """No heading, box or lonely row is left for the last page, whatever number of files there is."""
    for n in range(archivos):
        cargar(envio, 1 + n % 8, f"escaneado {n + 1}.pdf")
    documentos = envio.gestion.documentos_al(envio.enviado_en)
    pdf = generar(constancia_de(envio, documentos), creado=envio.enviado_en)
    primera, *otras = [p.extract_text() for p in PdfReader(BytesIO(pdf)).pages]
    assert "es totalmente gratuita." in " ".join(primera.split())
    for hoja in otras:
        assert hoja.index("Huella") < hoja.index("escaneado")
        assert hoja.count("escaneado") >= 2
        assert "Cómo comprobar" not in hoja
