"""B7.3: «Otros» takes additions when ONSEC has the Gestión, and nothing else does."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.tramites import escenas
from tramites.models import Documento, Gestion

from .lectura import avisos, botones, enlace, filas, palabras

ESCENAS = [escenas.enviada_sin_papeles, escenas.admitida]


def ventana(gestion, renglon=8) -> str:
    return reverse("archivos", args=[gestion.numero, renglon])


def archivo() -> dict:
    return {
        "ficha": str(uuid.uuid4()),
        "archivo": SimpleUploadedFile("solvencia.pdf", escenas.pdf(ancho=808)),
    }


@pytest.fixture(params=ESCENAS, ids=["recibida", "admitida"])
def gestion(request, titular) -> Gestion:
    return request.param(titular)


def test_se_agrega_desde_la_pagina_de_la_gestion(cliente, gestion):
    """B7.3: the state does not move, the file is ONSEC's at once and cannot be removed."""
    pagina = cliente.get(reverse("gestion", args=[gestion.numero]))
    assert enlace(pagina, "Cargar en el documento 8: Otros") == f"{ventana(gestion)}#id_archivo"
    assert "Puede agregar archivos. Los que ya envió no se cambian." in palabras(
        cliente.get(ventana(gestion))
    )
    respuesta = cliente.post(ventana(gestion), archivo(), follow=True)
    assert avisos(respuesta) == ["Se cargó solvencia.pdf."]
    assert filas(respuesta)[0][2:] == ["NO"]
    assert botones(respuesta) == ["Cargar archivo", "Volver a la Gestión"]
    documento = Documento.objects.get(renglon=8)
    assert documento.envio
    assert Gestion.de(gestion.solicitante, gestion.numero).estado == gestion.estado
    assert cliente.post(reverse("eliminar", args=[gestion.numero, documento.pk])).status_code == 409


@pytest.mark.parametrize("renglon", range(1, 8))
def test_los_demas_siguen_cerrados(cliente, gestion, renglon):
    """B7.3, matriz.md §3: nothing to load with; by hand 409, with or without a file."""
    assert botones(cliente.get(ventana(gestion, renglon))) == ["Volver a la Gestión"]
    for datos in (archivo(), {}):
        assert cliente.post(ventana(gestion, renglon), datos).status_code == 409
    assert Documento.objects.count() == 6


def test_archivada_nada_se_agrega(cliente, titular):
    """matriz.md §3: 409, and the page does not offer it."""
    gestion = escenas.desistida(escenas.enviada_sin_papeles(titular))
    assert cliente.post(ventana(gestion), archivo()).status_code == 409
    pagina = cliente.get(reverse("gestion", args=[gestion.numero]))
    assert "Cargar en el documento 8: Otros" not in botones(pagina)


def test_en_correccion_tambien_esta_abierto_y_se_puede_quitar(cliente, titular):
    """E6, matriz.md §3: what was added in this round is still its owner's to erase."""
    gestion = escenas.observada(titular)
    cliente.post(ventana(gestion), archivo())
    documento = Documento.objects.get(renglon=8)
    assert documento.envio is None
    cliente.post(reverse("eliminar", args=[gestion.numero, documento.pk]))
    assert not Documento.objects.filter(pk=documento.pk).exists()
