"""What starts a term is a person's act: a click in the portal or the button, never a GET by itself."""

import pytest
from django.test import Client
from django.urls import reverse

from notificaciones.models import Notificacion
from tests.notificaciones.visitas import CLIC, CLIC_SIN_METADATOS, SIN_EFECTO
from tests.tramites import escenas
from tramites.models import Gestion

pytestmark = pytest.mark.django_db
BOTON = "Confirmar que leí este aviso"


@pytest.fixture
def devuelta() -> Gestion:
    """A Gestión with a previo that nobody was told of yet."""
    return escenas.observada(escenas.titular())


@pytest.fixture
def aviso(devuelta) -> Notificacion:
    return Notificacion.objects.get(plantilla="previo")


@pytest.fixture
def navegador(devuelta) -> Client:
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(devuelta.solicitante)
    return cliente


def abrir(navegador, aviso, **encabezados):
    return navegador.get(reverse("notificacion", args=[aviso.pk]), headers=encabezados)


def acusado(aviso: Notificacion) -> bool:
    """Whether it counts as read and, for its Gestión, as told."""
    aviso.refresh_from_db()
    notificada = Gestion.objects.get(pk=aviso.gestion).notificada_en
    assert notificada == aviso.leida_en
    return aviso.leida_en is not None


@pytest.mark.parametrize("caso", SIN_EFECTO)
def test_lo_que_no_es_una_visita_muestra_el_aviso_y_no_inicia_el_plazo(navegador, aviso, caso):
    """S19, matriz.md §6: the page, its content and a button; neither read nor notified."""
    respuesta = abrir(navegador, aviso, **SIN_EFECTO[caso])
    assert respuesta.status_code == 200
    assert BOTON in respuesta.content.decode()
    assert not acusado(aviso)


@pytest.mark.parametrize("visita", [CLIC, CLIC_SIN_METADATOS, {**CLIC, "Referer": ""}])
def test_abrirlo_con_un_clic_en_el_portal_es_el_acuse(navegador, aviso, visita):
    """D2, FB0: and there is nothing left to confirm."""
    assert BOTON not in abrir(navegador, aviso, **visita).content.decode()
    assert acusado(aviso)


def test_el_boton_lo_confirma_y_solo_con_su_ficha(navegador, aviso):
    """S19: another site cannot press it."""
    url = reverse("notificacion", args=[aviso.pk])
    assert navegador.post(url).status_code == 403
    assert not acusado(aviso)
    ficha = abrir(navegador, aviso).context["csrf_token"]
    respuesta = navegador.post(url, {"csrfmiddlewaretoken": str(ficha)})
    assert (respuesta.status_code, respuesta["Location"]) == (302, url)
    assert acusado(aviso)
    primera = aviso.leida_en
    navegador.post(url, {"csrfmiddlewaretoken": str(ficha)})
    assert acusado(aviso)
    assert aviso.leida_en == primera


def test_el_aviso_de_otra_persona_tampoco_se_confirma(aviso):
    """S14."""
    ajena = Client()
    ajena.force_login(escenas.titular())
    assert ajena.post(reverse("notificacion", args=[aviso.pk])).status_code == 404
    assert not acusado(aviso)
