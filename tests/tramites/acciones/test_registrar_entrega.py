"""When somebody has been told: the first of the mail's 250, the portal, or the office's own hand (FB0)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from notificaciones.acciones.reintentar_correo import reintentar_correo
from notificaciones.models import Correo, Notificacion
from notificaciones.tareas import despachar_correos, enviar_correo
from tests.fabricas import PersonalFactory
from tests.notificaciones.visitas import CLIC
from tests.tramites import escenas
from tests.tramites.entregas import agotar, previo, releida
from tests.tramites.reloj import a_las, actos, dias_antes, parada
from tramites import plazo
from tramites.acciones.avisar_archivado import avisar_proximas
from tramites.acciones.desarchivar import desarchivar
from tramites.acciones.registrar_entrega import Medio, registrar_entrega
from tramites.consultas.historial import aviso_fallido
from tramites.models import AvisoDeArchivado, Gestion
from tramites.reglas.notificacion import evento_del_previo

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def devuelta(ana) -> Gestion:
    return escenas.observada(escenas.titular(), ana)


def test_el_250_del_servidor_notifica_y_el_plazo_corre(devuelta, smtp):
    """FB0: the first of the three."""
    enviar_correo(previo().pk)
    gestion = releida(devuelta)
    assert gestion.notificada_en == previo().enviado_en
    hoy = timezone.localdate(gestion.notificada_en)
    assert (gestion.base_plazo, gestion.archivar_el) == (hoy, plazo.archivar_el(hoy, 6))
    assert actos(gestion, "aviso_entregado") == [
        {"aviso": "previo_emitido", "evento": evento_del_previo(gestion.numero).pk, "medio": "correo"}
    ]


def test_encolado_o_devuelto_no_cuenta(devuelta, smtp):
    """FB0."""
    assert releida(devuelta).notificada_en is None
    smtp.rechazo = "550 no existe"
    enviar_correo(previo().pk)
    assert releida(devuelta).notificada_en is None
    assert releida(devuelta).archivar_el is None


def test_abrirlo_en_el_portal_tambien_notifica(devuelta, client):
    """FB0, D2: «el titular abrió el aviso en el portal»."""
    client.force_login(devuelta.solicitante)
    aviso = Notificacion.objects.get(plantilla="previo")
    client.head(reverse("notificacion", args=[aviso.pk]), headers=CLIC)
    assert releida(devuelta).notificada_en is None
    client.get(reverse("notificacion", args=[aviso.pk]), headers=CLIC)
    aviso.refresh_from_db()
    assert releida(devuelta).notificada_en == aviso.leida_en
    assert actos(devuelta, "aviso_entregado")[0]["medio"] == "portal"


def test_que_lo_abra_el_personal_no_notifica_a_nadie(devuelta, client):
    """FB0: only its owner."""
    jefa = PersonalFactory(papel="jefatura")
    evento = evento_del_previo(devuelta.numero)
    aviso = Notificacion.objects.create(
        evento=evento, destinatario=jefa, plantilla="aviso_fallido", asunto="x", creada_en=timezone.now()
    )
    client.force_login(jefa)
    assert client.get(reverse("notificacion", args=[aviso.pk]), headers=CLIC).status_code == 200
    assert releida(devuelta).notificada_en is None


def test_cuenta_lo_primero_y_lo_demas_no_lo_mueve(devuelta, client, smtp):
    """FB0: a later delivery does not give more time, nor take it."""
    enviar_correo(previo().pk)
    primera = releida(devuelta).notificada_en
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        client.force_login(devuelta.solicitante)
        abierto = Notificacion.objects.get(plantilla="previo").pk
        client.get(reverse("notificacion", args=[abierto]), headers=CLIC)
    assert Notificacion.objects.get(plantilla="previo").leida_en
    gestion = releida(devuelta)
    assert (gestion.notificada_en, gestion.base_plazo) == (primera, timezone.localdate(primera))
    assert len(actos(gestion, "aviso_entregado")) == 1


def test_si_ya_habia_actuado_el_plazo_corre_desde_lo_ultimo(devuelta):
    """matriz.md §6: `base_plazo` is the last of both."""
    escenas.quitar(devuelta, devuelta.documentos_vigentes[0])
    acto = releida(devuelta).ultima_accion_en
    registrar_entrega(
        evento_id=evento_del_previo(devuelta.numero).pk,
        entregado_en=acto - timedelta(days=2),
        medio=Medio.CORREO,
    )
    assert releida(devuelta).base_plazo == timezone.localdate(acto)


def test_el_plazo_no_empieza_antes_del_desarchivado(devuelta):
    """matriz.md §6: of `base_plazo`, «desarchivo» too, though the delivery is of an earlier day."""
    jefa = PersonalFactory(papel="jefatura")
    archivada = escenas.desistida(devuelta)
    vuelta = timezone.now() + timedelta(days=20)
    desarchivar(
        numero=archivada.numero,
        actor=jefa,
        version=archivada.version,
        motivo="Lo pidió por escrito y a tiempo.",
        referencia="Oficio 12-2026",
        ahora=vuelta,
    )
    registrar_entrega(
        evento_id=evento_del_previo(archivada.numero).pk,
        entregado_en=vuelta - timedelta(days=10),
        medio=Medio.MANO,
        ahora=vuelta,
    )
    gestion = releida(devuelta)
    assert gestion.notificada_en == vuelta - timedelta(days=10)
    assert gestion.base_plazo == timezone.localdate(vuelta)


def test_un_previo_viejo_entregado_tarde_no_notifica_el_nuevo(devuelta, ana):
    """FB0: each previo is told by its own notice."""
    viejo = evento_del_previo(devuelta.numero)
    gestion = escenas.sustituir(devuelta, 1)
    escenas.remandar(gestion)
    gestion = escenas.observar_en(Gestion.de(gestion.solicitante, gestion.numero), ana, {1: "OTRA VEZ."}, {})
    escenas.devolver(gestion, ana)
    registrar_entrega(evento_id=viejo.pk, entregado_en=timezone.now(), medio=Medio.CORREO)
    assert releida(devuelta).notificada_en is None


@pytest.mark.parametrize("via", ["correo", "portal"])
def test_un_aviso_de_archivado_entregado_queda_anotado(via, smtp, client):
    """FB3, matriz.md §6: delivered is 250, or opened in the portal."""
    gestion = parada()
    avisar_proximas(hoy=dias_antes(7), ahora=a_las(dias_antes(7)))
    if via == "correo":
        despachar_correos()
        esperado = Correo.objects.get().enviado_en
    else:
        client.force_login(gestion.solicitante)
        client.get(reverse("notificacion", args=[Notificacion.objects.get().pk]), headers=CLIC)
        esperado = Notificacion.objects.get().leida_en
    assert AvisoDeArchivado.objects.get().entregado_en == esperado
    assert actos(gestion, "aviso_entregado")[0]["medio"] == via


def test_lo_demas_que_se_envia_no_se_anota(smtp):
    """matriz.md §7: only the previo and the reminders need a delivery."""
    escenas.enviada_sin_papeles(escenas.titular())
    despachar_correos()
    assert len(smtp.recibidos) == 1
    assert not Evento.objects.filter(tipo="aviso_entregado").exists()


@pytest.mark.parametrize("via", ["correo", "portal"])
def test_lo_que_fallo_y_al_fin_llega_deja_de_estar_fallido(via, smtp, client):
    """D2, matriz.md §7 `aviso_fallido`: also of an act that needs no delivery."""
    gestion = escenas.enviada_sin_papeles(escenas.titular())
    fallar(Correo.objects.get(plantilla="enviada"), smtp)
    assert aviso_fallido(gestion)
    llegar(gestion, "enviada", via, client)
    assert not aviso_fallido(gestion)
    assert [a["medio"] for a in actos(gestion, "aviso_entregado")] == [via]


def test_el_correo_que_llega_despues_del_portal_tambien_borra_su_falla(devuelta, smtp, client):
    """D2: read in the portal, failed by mail, sent again."""
    llegar(devuelta, "previo", "portal", client)
    notificada = releida(devuelta).notificada_en
    fallar(previo(), smtp)
    assert aviso_fallido(devuelta)
    llegar(devuelta, "previo", "correo", client)
    assert not aviso_fallido(devuelta)
    assert releida(devuelta).notificada_en == notificada


def fallar(correo: Correo, smtp) -> None:
    """The server refuses it until there are no more attempts."""
    smtp.rechazo = "550 no existe"
    agotar(correo)
    smtp.rechazo = ""


def llegar(gestion: Gestion, plantilla: str, via: str, client) -> None:
    """Its owner opens the notice, or administración has its failed mail sent again."""
    if via == "portal":
        client.force_login(gestion.solicitante)
        abierto = Notificacion.objects.get(plantilla=plantilla).pk
        client.get(reverse("notificacion", args=[abierto]), headers=CLIC)
        return
    admin = PersonalFactory(papel="administracion")
    assert reintentar_correo(numero=gestion.numero, actor=admin, ahora=timezone.now()) == 1
    enviar_correo(Correo.objects.get(plantilla=plantilla).pk)
