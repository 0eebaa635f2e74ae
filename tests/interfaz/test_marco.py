"""The frame of every page: menu, active entry, badge, footer."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from cuentas.models import Usuario
from notificaciones.consultas import sin_leer
from notificaciones.models import Notificacion
from tests.fabricas import CiudadanoFactory, NotificacionFactory, PersonalFactory

TRAMITES = ["Invalidez", "Jubilación"]
A5 = ["Tablero", "Trámites", *TRAMITES, "Mis Solicitudes", "Pensiones", "Previos", "Mis Notificaciones"]


@pytest.fixture
def persona(db):
    return CiudadanoFactory()


@pytest.fixture
def html(persona):
    """Reads an address as that person."""
    cliente = Client()
    cliente.force_login(persona)
    return lambda ruta: cliente.get(ruta).content.decode()


def menu(html: str) -> list[str]:
    nav = re.search(r'<nav class="nav".*?</nav>', html, re.S)[0]
    return [re.sub(r"<[^>]+>", "", a).strip() for a in re.findall(r"<a[^>]*>(.*?)</a>", nav, re.S)]


def test_el_menu_va_en_el_orden_de_la_barra_lateral(html):
    """A5."""
    assert menu(html("/ayuda/")) == [*A5, "Mis datos"]


@pytest.mark.parametrize(
    ("ruta", "entrada"),
    [("/tablero/", "Tablero"), ("/tramites/invalidez/", "Invalidez"), ("/solicitudes/", "Pensiones"),
     ("/solicitudes/previos/", "Previos"), ("/notificaciones/", "Mis Notificaciones")],
)  # fmt: skip
def test_la_entrada_activa_se_dice_y_es_una_sola(html, ruta, entrada):
    """A5: entrada activa resaltada."""
    activas = re.findall(r'<a [^>]*aria-current="page"[^>]*>(.*?)</a>', html(ruta), re.S)
    assert [re.sub(r"<[^>]+>", "", a).strip() for a in activas] == [entrada]


def test_el_distintivo_cuenta_los_avisos_sin_leer(persona, html):
    """A5: distintivo rojo con «n sin leer» oculto."""
    assert "distintivo" not in html("/ayuda/")
    NotificacionFactory.create_batch(2, destinatario=persona)
    NotificacionFactory()
    assert '2<span class="oculto"> sin leer</span></b>' in html("/ayuda/")


def test_se_sale_con_un_post_y_no_con_un_enlace(html):
    pagina = html("/ayuda/")
    assert '<form method="post" action="/cuenta/salir/">' in pagina
    assert 'href="/cuenta/salir/"' not in pagina


def test_la_visita_ve_las_tres_entradas_y_no_cuesta_ninguna_consulta(client):
    """A4; sin la marca django_db, una sola consulta rompería esta prueba."""
    pagina = client.get("/").content.decode()
    nav = re.search(r'<nav aria-label="Principal">.*?</nav>', pagina, re.S)[0]
    assert re.findall(r">([^<>]+)</a>", nav) == ["Trámites de Previsión Civil", "Ingresar", "Crear cuenta"]
    assert "aviso-sesion" not in pagina


def test_el_distintivo_no_cuenta_mas_de_lo_que_dice(persona, html):
    """However many there are, a hundred of them are read."""
    NotificacionFactory.create_batch(120, destinatario=persona)
    assert '99+<span class="oculto"> sin leer</span></b>' in html("/ayuda/")
    assert "Tiene más de 99 sin leer." in html("/tablero/")
    assert sin_leer(persona) == 100


@pytest.mark.postgresql
def test_el_distintivo_se_cuenta_por_el_indice_de_lo_no_leido(persona):
    """Not over what was read, however much."""
    otros = CiudadanoFactory.create_batch(20)
    Notificacion.objects.bulk_create(
        NotificacionFactory.build(destinatario=otros[n % 20], leida_en=timezone.now()) for n in range(4000)
    )
    NotificacionFactory.create_batch(3, destinatario=persona)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notificaciones_notificacion")
    assert "notificaciones_sin_leer" in Usuario.objects.de_la_visita().filter(pk=persona.pk).explain()


def test_el_marco_cuesta_una_consulta(persona, django_assert_num_queries):
    """The account, its session's row and its unread notices in one."""
    cliente = Client()
    cliente.force_login(persona)
    with django_assert_num_queries(1):
        cliente.get("/ayuda/")


def test_el_pie_dice_quien_responde_y_que_es_gratis(client):
    """A0, D1."""
    pagina = client.get("/").content.decode()
    assert "Dirección de Previsión Civil · Oficina Nacional de Servicio Civil" in pagina
    assert (
        "Toda gestión realizada ante esta oficina o a través del Portal de Comunicaciones Electrónicas "
        "ONSEC-CEO es totalmente gratuita."
    ) in pagina
    for rotulo in ("Ayuda", "Términos de uso y condiciones", "Aviso de privacidad", "Accesibilidad"):
        assert f">{rotulo}</a>" in pagina


def test_sin_javascript_tambien_se_sabe_cuando_se_cierra_la_sesion(html):
    """mensajes.md §5; WCAG 2.2.1."""
    assert "Por seguridad, la sesión se cierra tras 30 minutos sin uso." in html("/ayuda/")


@pytest.mark.parametrize("ruta", ["/", "/ayuda/", "/accesibilidad/"])
def test_las_paginas_publicas_tienen_un_titulo_y_un_salto_al_contenido(client, ruta):
    pagina = client.get(ruta).content.decode()
    assert pagina.count("<h1") == 1
    assert '<a class="saltar" href="#contenido">' in pagina
    assert '<html lang="es-GT">' in pagina


@pytest.mark.django_db
@pytest.mark.parametrize("papel", ["", *Usuario.Papel.values])
def test_seguir_conectado_funciona_para_toda_cuenta(client, papel):
    """S36, mensajes.md §5: what the button asks for opens for whoever is signed in, and nobody else."""
    client.force_login(PersonalFactory(papel=papel) if papel else CiudadanoFactory())
    latido = re.search(r'data-latido="([^"]+)"', client.get("/ayuda/").content.decode())[1]
    assert client.head(latido).status_code == 200
    assert Client().head(latido).status_code == 302
