"""The papers of a decision: the notice of a previo and the proof of admission, made and verified."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import palabras
from tramites.acciones.imprimir import imprimir_admision, imprimir_previo
from tramites.models import Comprobante, Gestion
from tramites.reglas.rechazos import Conflicto


def lector(archivo) -> PdfReader:
    return PdfReader(io.BytesIO(archivo.open("rb").read()))


def texto(archivo) -> str:
    return " ".join(" ".join(p.extract_text() for p in lector(archivo).pages).split())


@pytest.fixture
def observada(titular) -> Gestion:
    return escenas.observada(
        titular, casos={1: escenas.FIRMA}, pasos={"beneficiario": "MUNICIPIO NO COINCIDE."}
    )


def test_el_aviso_de_previo_dice_el_motivo_y_cada_caso(observada):
    """E7, D1: the words of the mail, and the detail that the mail keeps for the portal."""
    papel = texto(imprimir_previo(observada, 1))
    for frase in (
        "AVISO DE PREVIO",
        f"Número de Gestión {observada.numero}",
        "Solicitud con observaciones",
        "Se le informa que en la verificación de datos y documentos de la solicitud de Pensión Civil por "
        "Invalidez se ha encontrado algo por corregir.",
        f"Motivo de envío a PREVIO {escenas.MOTIVO}",
        escenas.FIRMA,
        "Paso 2 Datos del Beneficiario MUNICIPIO NO COINCIDE.",
        "Si no actúa en seis meses, se archivará; la fecha exacta está en el portal.",
        "es totalmente gratuita.",
    ):
        assert frase in papel


def test_la_constancia_de_admision_dice_su_base_y_sus_documentos(titular):
    """F2, C11: when, on what law, and each verified file."""
    gestion = escenas.admitida(titular)
    papel = texto(imprimir_admision(gestion))
    for frase in (
        "CONSTANCIA DE ADMISIÓN",
        "Expediente Admitido",
        "Decreto 63-88, artículo 31, segundo párrafo; Acuerdo Gubernativo 1220-88, artículo 24",
        "ONSEC comprobó que usted cumple los requisitos. Le avisará el siguiente paso.",
        "6 Dictamen de medicina legal documento 6.pdf",
    ):
        assert frase in papel


def test_son_accesibles_y_llevan_su_titulo(observada, titular):
    """experiencia.md §2: tagged, in es-GT, with the title of each."""
    for archivo, titulo in (
        (imprimir_previo(observada, 1), f"Aviso de previo. Gestión No. {observada.numero}"),
        (
            imprimir_admision(gestion := escenas.admitida(titular)),
            f"Constancia de admisión. Gestión No. {gestion.numero}",
        ),
    ):
        raiz = lector(archivo).trailer["/Root"]
        assert raiz["/MarkInfo"]["/Marked"]
        assert raiz["/Lang"] == "es-GT"
        assert lector(archivo).metadata.title == titulo


def test_lo_que_se_corrige_despues_no_entra_en_el_papel(observada, titular):
    """E4, B4.3: printed late, it still says what stood when ONSEC decided."""
    escenas.guardar(observada, "beneficiario", primer_apellido="OTRO")
    assert "OTRO" not in texto(imprimir_previo(Gestion.de(titular, observada.numero), 1))
    admitida = escenas.admitida(titular)
    escenas.adjuntar(admitida, 8, nombre="solvencia.pdf", envio=admitida.envios.get())
    assert "solvencia.pdf" not in texto(imprimir_admision(Gestion.de(titular, admitida.numero)))


def test_se_imprime_una_vez_y_se_guarda(observada):
    """B4.3: the second time, the same file and the same code."""
    primero, segundo = imprimir_previo(observada, 1), imprimir_previo(observada, 1)
    assert primero.name == segundo.name
    assert Comprobante.objects.count() == 1


def test_sin_decision_no_hay_papel(titular):
    """matriz.md §3: 409."""
    gestion = escenas.enviada_sin_papeles(titular)
    with pytest.raises(Conflicto):
        imprimir_previo(gestion, 1)
    with pytest.raises(Conflicto):
        imprimir_admision(gestion)
    assert not Comprobante.objects.exists()


def test_cualquiera_los_verifica_con_su_codigo_y_no_lee_nombres(client, observada, titular):
    """S16: number and moment; spaced and in lower case too."""
    imprimir_previo(observada, 1)
    imprimir_admision(admitida := escenas.admitida(titular))
    for comprobante, dice in zip(
        Comprobante.objects.order_by("pk"),
        (
            f"El aviso es auténtico. ONSEC devolvió con observaciones la Gestión No. {observada.numero} el",
            f"La constancia es auténtica. ONSEC admitió la Gestión No. {admitida.numero} el",
        ),
        strict=True,
    ):
        tecleado = " ".join(comprobante.codigo[i : i + 4] for i in range(0, 20, 4)).lower()
        leido = palabras(client.get(reverse("verificar"), {"codigo": tecleado}, follow=True))
        assert dice in leido
        assert "TZOC" not in leido
