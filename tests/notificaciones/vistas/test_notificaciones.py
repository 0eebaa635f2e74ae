"""«Mis Notificaciones»: each one's own, and the acknowledgement on opening."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notificaciones.consultas import sin_leer
from tests.fabricas import CiudadanoFactory, NotificacionFactory
from tests.notificaciones.visitas import CLIC

pytestmark = pytest.mark.django_db


@pytest.fixture
def persona(client):
    persona = CiudadanoFactory()
    client.force_login(persona)
    return persona


def pagina(client, *args, **datos):
    nombre = "notificacion" if args else "notificaciones"
    return client.get(reverse(nombre, args=args), datos, headers=CLIC).content.decode()


def test_cada_quien_ve_solo_sus_avisos(client, persona):
    """C9, S14."""
    NotificacionFactory(destinatario=persona, asunto="Aviso propio")
    ajeno = NotificacionFactory(asunto="Aviso ajeno")
    assert "Aviso propio" in pagina(client)
    assert "Aviso ajeno" not in pagina(client)
    assert client.get(reverse("notificacion", args=[ajeno.pk])).status_code == 404
    ajeno.refresh_from_db()
    assert ajeno.leida_en is None


@pytest.mark.parametrize("args", [(), (1,)])
def test_sin_ingresar_no_se_ve_nada(client, args):
    """S17."""
    respuesta = client.get(reverse("notificacion" if args else "notificaciones", args=args))
    assert respuesta.status_code == 302
    assert respuesta.url.startswith(reverse("account_login"))


def test_lo_no_leido_se_dice_con_palabras(client, persona):
    """A5, WCAG 1.4.1: not by colour alone."""
    NotificacionFactory(destinatario=persona)
    assert "Sin leer" in pagina(client)


def test_abrir_un_aviso_guarda_el_acuse_una_sola_vez(client, persona):
    """D2: the acknowledgement is the first opening and does not move."""
    aviso = NotificacionFactory(destinatario=persona)
    pagina(client, aviso.pk)
    aviso.refresh_from_db()
    primera = aviso.leida_en
    assert timezone.now() - primera < timedelta(minutes=1)
    pagina(client, aviso.pk)
    aviso.refresh_from_db()
    assert aviso.leida_en == primera
    assert "Sin leer" not in pagina(client)
    assert "Leída el" in pagina(client)


def test_ver_la_lista_o_preguntar_por_la_pagina_no_es_leer(client, persona):
    """S19: only opening the notice acknowledges it."""
    aviso = NotificacionFactory(destinatario=persona)
    pagina(client)
    client.head(reverse("notificacion", args=[aviso.pk]), headers=CLIC)
    assert sin_leer(persona) == 1


def test_el_distintivo_cuenta_lo_que_falta_por_leer(client, persona):
    """A5: unread ones, of this person."""
    abierto, *_ = NotificacionFactory.create_batch(3, destinatario=persona)
    NotificacionFactory()
    assert sin_leer(persona) == 3
    assert '<b class="distintivo"><span class="oculto">, </span>3' in pagina(client)
    pagina(client, abierto.pk)
    assert sin_leer(persona) == 2
    assert '<b class="distintivo"><span class="oculto">, </span>2' in pagina(client)


def test_el_detalle_dice_lo_mismo_que_el_correo(client, persona):
    """D2: the same content, its link within the portal."""
    aviso = NotificacionFactory(
        destinatario=persona,
        plantilla="enviada",
        asunto="Gestión No. 76: recibida",
        gestion=76,
        contexto={
            "fecha": "11-06-2026",
            "hora": "18:30:00",
            "estado": "Solicitud Recibida",
            "boton": "Ver mi Gestión",
            "enlace": "/gestiones/76/",
        },
    )
    texto = pagina(client, aviso.pk)
    assert "<h1>Gestión No.\N{NO-BREAK SPACE}76: recibida</h1>" in texto
    dicho = "Recibimos su Gestión el 11-06-2026 a las 18:30. No tiene que hacer nada."
    assert dicho in texto.replace('<span class="nb">11-06-2026</span>', "11-06-2026")
    assert "<dd>Solicitud Recibida</dd>" in texto
    assert '<a class="boton" href="/gestiones/76/">Ver mi Gestión</a>' in texto


def test_lo_que_trae_un_aviso_no_se_vuelve_html(client, persona):
    """S26."""
    veneno = "<script>alert(1)</script>"
    aviso = NotificacionFactory(
        destinatario=persona,
        plantilla="enviada",
        asunto=veneno,
        contexto={"fecha": veneno, "estado": veneno, "boton": veneno, "enlace": "/"},
    )
    assert veneno not in pagina(client)
    assert veneno not in pagina(client, aviso.pk)


def test_los_avisos_van_por_paginas_del_mas_nuevo_al_mas_viejo(client, persona):
    """D2: twenty a page."""
    base = timezone.now()
    for n in range(25):
        NotificacionFactory(
            destinatario=persona, asunto=f"Aviso {n:02}", creada_en=base + timedelta(minutes=n)
        )
    primera = pagina(client)
    siguiente = re.search(r'href="\?pagina=([^"]+)" rel="next"', primera)[1]
    segunda = pagina(client, pagina=siguiente)
    assert primera.index("Aviso 24") < primera.index("Aviso 05")
    assert "Aviso 04" not in primera
    assert "Aviso 04" in segunda


def test_sin_avisos_la_pagina_lo_dice(client, persona):
    """D2."""
    assert "No tiene notificaciones." in pagina(client)


def test_la_lista_cuesta_lo_mismo_con_uno_que_con_cien(client, persona, django_assert_num_queries):
    """arquitectura.md «Lists»: a fixed number of queries."""
    consultas = 2  # who asks, and the page
    NotificacionFactory(destinatario=persona)
    with django_assert_num_queries(consultas):
        pagina(client)
    NotificacionFactory.create_batch(99, destinatario=persona)
    with django_assert_num_queries(consultas):
        pagina(client)


def test_en_la_pagina_del_aviso_el_distintivo_ya_no_lo_cuenta(client, persona):
    """A5: opened is read, there too."""
    aviso, _otro = NotificacionFactory.create_batch(2, destinatario=persona)
    assert '<b class="distintivo"><span class="oculto">, </span>1' in pagina(client, aviso.pk)
