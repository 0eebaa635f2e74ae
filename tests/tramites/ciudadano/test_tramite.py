"""From the menu to a new Gestión: navigation, the eligibility window and «+ Nueva Solicitud»."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from tests.fabricas import GestionFactory
from tests.tramites import escenas
from tramites import registro
from tramites.models import Estado, Gestion

from .lectura import avisos, botones, campos, enlace, menu, palabras, titulos, visible

DERECHO = reverse("derecho", args=["invalidez"])
INICIO = reverse("inicio_tramite", args=["invalidez"])
REQUISITOS = reverse("requisitos", args=["invalidez"])
MENU = [
    ("Tablero", "tablero"),
    ("Trámites", "tramites"),
    ("Invalidez", "derecho"),
    ("Jubilación", "derecho"),
    ("Mis Solicitudes", "solicitudes"),
    ("Pensiones", "solicitudes"),
    ("Previos", "previos"),
    ("Mis Notificaciones", "notificaciones"),
]


def nueva(cliente, **datos):
    """Press «+ Nueva Solicitud»."""
    return cliente.post(INICIO, {"ficha": str(uuid.uuid4())} | datos)


@pytest.mark.parametrize("nombre", ["tablero", "tramites", "solicitudes", "previos", "notificaciones"])
def test_la_barra_lateral_va_en_su_orden_y_marca_donde_esta(cliente, nombre):
    """A5, JU1: the seven entries and that of each other procedure; the active one is the page's own."""
    enlaces = menu(cliente.get(reverse(nombre)))
    assert [(visible(e), e.get("href")) for e in enlaces] == [
        (rotulo, reverse(n, args=[slugify(rotulo)] if n == "derecho" else [])) for rotulo, n in MENU
    ]
    activos = [e.get("href") for e in enlaces if e.get("aria-current") == "page"]
    assert activos == [reverse(nombre)]


def test_la_entrada_activa_acompana_dentro_del_tramite_y_de_la_gestion(aceptado, titular, paso):
    """A5: «Invalidez» inside the wizard, «Pensiones» in a Gestión's page."""
    gestion = escenas.nueva(titular)
    for url, rotulo in (
        (DERECHO, "Invalidez"),
        (paso(gestion, "datos-generales"), "Invalidez"),
        (reverse("gestion", args=[gestion.numero]), "Pensiones"),
    ):
        activos = [visible(e) for e in menu(aceptado.get(url, follow=True)) if e.get("aria-current")]
        assert activos == [rotulo]


def test_del_menu_inicial_se_llega_a_invalidez(cliente):
    """A4: «Trámites de Previsión Civil», and in it the application «Invalidez»."""
    respuesta = cliente.get(reverse("tramites"))
    assert titulos(respuesta) == ["Trámites de Previsión Civil"]
    assert enlace(respuesta, "Entrar a Invalidez") == DERECHO
    assert "Trámites de Previsión Civil" in palabras(cliente.get(reverse("tablero")))


@pytest.mark.parametrize("nombre", ["tablero", "portada", "solicitudes"])
def test_cada_pagina_dice_quien_responde_del_tramite(cliente, nombre):
    """A0: the Dirección de Previsión Civil, at the foot."""
    assert "Dirección de Previsión Civil · Oficina Nacional de Servicio Civil" in palabras(
        cliente.get(reverse(nombre))
    )


def test_la_ventana_de_derecho_sale_una_vez_por_sesion(client, titular):
    """A6: one button; after «Aceptar» it does not come again until the next session."""
    for _sesion in range(2):
        client.force_login(titular)
        ventana = client.get(DERECHO)
        assert botones(ventana) == ["Aceptar"]
        assert "INVALIDEZ POR ACCIDENTE" in palabras(ventana)
        assert client.get(DERECHO).status_code == 200
        assert client.post(DERECHO)["Location"] == INICIO
        assert client.get(DERECHO)["Location"] == INICIO
        client.post(reverse("account_logout"))


def test_sin_aceptar_no_hay_botones_ni_gestion(cliente):
    """A6, T0: neither by its address nor by a POST made by hand."""
    assert cliente.get(INICIO)["Location"] == DERECHO
    assert nueva(cliente)["Location"] == DERECHO
    assert not Gestion.objects.exists()


@pytest.mark.parametrize("nombre", ["solicitudes", "previos", "tablero", "tramites"])
def test_el_seguimiento_nunca_pasa_por_la_ventana(cliente, nombre):
    """A6, C7."""
    assert cliente.get(reverse(nombre)).status_code == 200


def test_la_pantalla_del_tramite_tiene_la_franja_y_sus_dos_botones(aceptado):
    """A7: the strip leads to the requirements; «Seguimiento a Solicitud» to the table."""
    respuesta = aceptado.get(INICIO)
    assert "Para conocer los requisitos del trámite de Pensión Civil por Invalidez. Clic Aquí" in palabras(
        respuesta
    )
    assert "los <strong>requisitos</strong> del" in respuesta.content.decode()
    assert enlace(respuesta, "Clic Aquí") == REQUISITOS
    assert botones(respuesta) == ["+ Nueva Solicitud", "Seguimiento a Solicitud"]
    assert enlace(respuesta, "Seguimiento a Solicitud") == reverse("solicitudes")


@pytest.mark.django_db
def test_los_requisitos_se_leen_sin_cuenta(client):
    """A0, A7: scope, accident and illness, the eight documents with their notes, and that it is free."""
    leido = palabras(client.get(REQUISITOS))
    for renglon in registro.obtener("invalidez").requisitos:
        assert renglon.nombre in leido
        assert renglon.nota in leido
    for frase in (
        "El Instructivo es de aplicación y uso para los trabajadores civiles del Estado",
        "INVALIDEZ POR ACCIDENTE",
        "INVALIDEZ POR ENFERMEDAD",
        "es totalmente gratuita",
        "Responsable del trámite: Dirección de Previsión Civil",
    ):
        assert frase in leido


def test_nueva_solicitud_abre_el_paso_1_con_su_numero(aceptado, titular, paso):
    """T0, C5."""
    respuesta = nueva(aceptado)
    gestion = Gestion.objects.get(solicitante=titular)
    assert respuesta["Location"] == paso(gestion, "datos-generales")
    assert avisos(aceptado.get(respuesta["Location"])) == [
        f"Abrió la Gestión No. {gestion.numero}. Puede salir y seguir otro día."
    ]


def test_el_mismo_formulario_dos_veces_es_una_gestion(aceptado, titular):
    """T0: a double click goes twice to the same Gestión, and is not asked about its own draft."""
    ficha = campos(aceptado.get(INICIO))["ficha"]
    primera, segunda = nueva(aceptado, ficha=ficha), nueva(aceptado, ficha=ficha)
    assert primera["Location"] == segunda["Location"]
    assert Gestion.objects.count() == 1


@pytest.mark.parametrize("ficha", ["", "x", "1" * 5000, "\0"])
def test_una_ficha_mala_vuelve_a_la_pantalla(aceptado, ficha):
    """T0: nothing is opened and nothing breaks."""
    assert botones(nueva(aceptado, ficha=ficha)) == ["+ Nueva Solicitud", "Seguimiento a Solicitud"]
    assert not Gestion.objects.exists()


def test_la_ficha_de_otra_persona_no_abre_su_gestion(aceptado):
    """T0, S14."""
    ajena = escenas.nueva(escenas.titular())
    assert nueva(aceptado, ficha=str(ajena.ficha)).status_code == 404


def test_con_un_borrador_abierto_primero_se_ofrece_continuarlo(aceptado, titular):
    """C6: the newest; another is opened only by confirming, and both remain."""
    escenas.nueva(titular)
    gestion = escenas.nueva(titular)
    respuesta = nueva(aceptado)
    assert titulos(respuesta) == [f"Ya tiene abierta la Gestión No. {gestion.numero}. ¿Desea continuarla?"]
    assert botones(respuesta) == [f"Continuar la Gestión No. {gestion.numero}", "Abrir otra"]
    assert Gestion.objects.count() == 2
    datos = {c: v for c, v in campos(respuesta).items() if c in {"ficha", "confirmada"}}
    assert aceptado.post(INICIO, datos).status_code == 302
    assert aceptado.post(INICIO, datos).status_code == 302
    assert Gestion.objects.filter(solicitante=titular).count() == 3


@pytest.mark.parametrize(
    ("estado", "nombre"),
    [(Estado.RECIBIDA, "Solicitud Recibida"), (Estado.OBSERVADA, "Solicitud con observaciones")],
)
def test_con_otra_en_tramite_se_avisa(aceptado, titular, estado, nombre):
    """C6: with its state in words."""
    otra = GestionFactory(solicitante=titular, estado=estado, recibida_en=timezone.now())
    respuesta = nueva(aceptado)
    assert titulos(respuesta) == [
        f"Ya tiene la Gestión No. {otra.numero} en estado «{nombre}». ¿Desea abrir otra?"
    ]
    assert botones(respuesta) == [f"Ver la Gestión No. {otra.numero}", "Abrir otra"]


@pytest.mark.parametrize(
    "escena", [escenas.admitida, lambda t: escenas.desistida(escenas.enviada_sin_papeles(t))]
)
def test_con_una_terminada_no_se_pregunta(aceptado, titular, escena):
    """C6: only a draft, a received or an observed one."""
    escena(titular)
    assert nueva(aceptado).status_code == 302


def test_lo_de_otra_persona_no_se_ofrece(aceptado):
    """C6, C9."""
    escenas.nueva(escenas.titular())
    assert nueva(aceptado).status_code == 302


def test_aceptar_de_la_ventana_2_vuelve_al_tramite_sin_repetir_la_de_derecho(cliente, titular):
    """B7.7: also in a session that never saw the eligibility window."""
    gestion = escenas.con_archivos(titular)
    enviar = reverse("enviar", args=[gestion.numero])
    ventana = campos(cliente.get(enviar))
    datos = {c: ventana[c] for c in ("ficha", "version")}
    enviada = cliente.get(cliente.post(enviar, datos)["Location"])
    assert botones(enviada) == ["Aceptar"]
    assert f'action="{INICIO}"' in enviada.content.decode()
    assert botones(cliente.get(INICIO)) == ["+ Nueva Solicitud", "Seguimiento a Solicitud"]


def test_con_el_cupo_lleno_se_dice_que_hacer(aceptado, titular, settings):
    """S10, C6: a sentence and her Gestiones, never an error page."""
    settings.BORRADORES_MAX = 1
    escenas.nueva(titular)
    datos = {"ficha": str(uuid.uuid4()), "confirmada": "1"}
    respuesta = aceptado.post(reverse("inicio_tramite", args=["invalidez"]), datos, follow=True)
    assert respuesta.redirect_chain == [(reverse("solicitudes"), 302)]
    assert "Continúe o desista de una de ellas." in respuesta.content.decode()
    assert Gestion.objects.count() == 1
