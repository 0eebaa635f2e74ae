"""The receipt, and the public page that says whether it is ONSEC's."""

import io
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.tramites import escenas

from .lectura import palabras

AHORA = datetime(2026, 5, 21, 4, 30, 5, tzinfo=UTC)
NINGUNA = "No hay una constancia con ese código. Revise cada letra y número."


@pytest.fixture
def enviada(titular):
    return escenas.enviada_sin_papeles(titular, AHORA)


def ruta(gestion) -> str:
    return reverse("constancia", args=[gestion.numero])


def test_antes_de_enviar_no_hay_constancia(cliente, titular):
    """matriz.md §3: 409, and it says when it comes."""
    respuesta = cliente.get(ruta(escenas.con_archivos(titular)))
    assert respuesta.status_code == 409
    assert "Todavía no ha enviado esta Gestión. La constancia sale al enviarla." in palabras(respuesta)


def test_la_constancia_dice_que_se_recibio_cuando_y_de_quien(cliente, enviada):
    """C8, A0: number, Guatemala's moment, each document and the code to verify it; the same bytes again."""
    respuesta = cliente.get(ruta(enviada))
    assert respuesta["Content-Disposition"] == (
        f'attachment; filename="Constancia Gestion {enviada.numero}.pdf"'
    )
    contenido = respuesta.getvalue()
    assert cliente.get(ruta(enviada)).getvalue() == contenido
    lector = PdfReader(io.BytesIO(contenido))
    leido = " ".join(" ".join(p.extract_text() for p in lector.pages).split())
    cui = enviada.titular_cui
    for frase in (
        "CONSTANCIA DE RECEPCIÓN",
        f"Gestión No. {enviada.numero}",
        "20-05-2026 a las 22:30:05",
        "Solicitud Recibida",
        "Pensión Civil por Invalidez",
        "ROSALINDA TZOC BARRERA",
        f"{cui[:4]} {cui[4:9]} {cui[9:]}",
        enviada.envios.get().codigo,
        "totalmente gratuita",
        *(d.nombre for d in enviada.documentos_vigentes),
    ):
        assert frase in leido
    assert lector.metadata.title == f"Constancia de recepción. Gestión No. {enviada.numero}"


def test_quien_tiene_la_constancia_comprueba_que_es_autentica(client, enviada):
    """S16: number and moment, never a name nor a CUI; without signing in."""
    codigo = enviada.envios.get().codigo
    for forma in (codigo, codigo.lower(), f"{codigo[:5]}-{codigo[5:]} ", " ".join(codigo)):
        respuesta = client.get(reverse("verificar"), {"codigo": forma}, follow=True)
        leido = palabras(respuesta)
        assert "La constancia es auténtica." in leido
        assert f"ONSEC recibió la Gestión No. {enviada.numero} el 20-05-2026 22:30:05." in leido
        assert enviada.solicitante.primer_apellido not in leido
        assert enviada.titular_cui not in respuesta.content.decode()
    assert client.get(f"/verificar/{codigo}/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "codigo", ["1", "76", "A" * 20, "A" * 5000, "%", "\0", "../../etc", "ñandú", "' OR 1=1"]
)
def test_un_codigo_que_no_es_siempre_responde_igual(client, codigo):
    """S16: the number of a Gestión is no key; the same words whatever was typed."""
    respuesta = client.get(reverse("verificar"), {"codigo": codigo}, follow=True)
    assert respuesta.status_code == 200
    assert "auténtica" not in palabras(respuesta)


def test_no_es_un_oraculo(client, enviada):
    """S16: an almost right code and the number itself read as one that never was."""
    codigo = enviada.envios.get().codigo
    casi = codigo[:-1] + ("0" if codigo[-1] != "0" else "1")
    paginas = {
        client.get(f"/verificar/{c}/").content.decode().replace(f'value="{c}"', "")
        for c in (casi, "F" * 20, str(enviada.numero), str(enviada.ficha), enviada.envios.get().resumen)
    }
    assert len(paginas) == 1
    assert NINGUNA in palabras(paginas.pop())


@pytest.mark.django_db
def test_al_verificador_se_llega_desde_el_pie(client):
    """S16: an empty form answers itself."""
    assert "Verificar una constancia" in palabras(client.get(reverse("portada")))
    respuesta = client.get(reverse("verificar"), {"codigo": ""})
    assert respuesta.status_code == 200
    assert NINGUNA not in palabras(respuesta)


def test_no_se_puede_probar_codigos_sin_fin(client, db):
    """S16: a code is looked up a few times; the form itself stays open."""
    respuestas = [client.get(f"/verificar/{n:020}/").status_code for n in range(61)]
    assert set(respuestas[:60]) == {200}
    assert respuestas[60] == 429
    assert client.get("/verificar/").status_code == 200
