"""From the act to its notice, in one transaction."""

from datetime import UTC, datetime
from time import monotonic

import pytest
from celery import Celery
from django.core import mail
from django.db import IntegrityError, transaction

from bitacora.models import Evento
from ceo_portal.celery import app as portal
from cuentas.eventos import TipoEvento as DeCuenta
from notificaciones.avisos.tabla import AVISOS
from notificaciones.models import Correo, Notificacion
from tests.fabricas import (
    CiudadanoFactory,
    CorreoFactory,
    GestionFactory,
    NotificacionFactory,
    PersonalFactory,
)
from tramites.eventos import TipoEvento as DeTramite

AHORA = datetime(2026, 6, 12, 0, 30, tzinfo=UTC)  # in Guatemala, 11-06-2026 18:30


def verificar_cuenta(persona):
    return Evento.objects.registrar(DeCuenta.CUENTA_VERIFICADA, actor=persona, ahora=AHORA)


@pytest.mark.parametrize("tipo", [*DeCuenta.values, *DeTramite.values])
def test_cada_acto_dice_a_quien_se_avisa_o_que_a_nadie(tipo):
    """matriz.md §7: an act that nobody thought of fails here."""
    assert tipo in AVISOS


@pytest.mark.django_db
def test_enviar_deja_un_correo_y_una_notificacion_del_titular():
    """D2, matriz.md §7: `enviada` is told by mail and in the portal."""
    gestion = GestionFactory()
    evento = Evento.objects.registrar(
        DeTramite.ENVIADA, actor=gestion.solicitante, gestion=gestion.numero, ahora=AHORA
    )
    correo, notificacion = Correo.objects.get(), Notificacion.objects.get()
    assert correo.para == gestion.solicitante.email
    for fila in (correo, notificacion):
        assert fila.evento == evento
        assert fila.destinatario == gestion.solicitante
        assert fila.gestion == gestion.numero
        assert fila.asunto == f"Gestión No. {gestion.numero}: recibida"
        assert fila.contexto["fecha"] == "11-06-2026"
        assert fila.contexto["hora"] == "18:30:00"
        assert fila.contexto["enlace"] == f"/gestiones/{gestion.numero}/"
    assert correo.estado == Correo.Estado.PENDIENTE
    assert notificacion.creada_en == AHORA
    assert notificacion.leida_en is None


@pytest.mark.django_db
@pytest.mark.parametrize("cambio", [{}, {"is_active": False}, {"papel": "consulta"}, {"cui": "titular"}])
def test_si_quien_la_tiene_ya_no_puede_revisarla_se_avisa_a_jefatura(cambio):
    """matriz.md §5, §7: no notice about a Gestión stays mute, nor reaches who may not read it."""
    jefa, ana = PersonalFactory(papel="jefatura"), PersonalFactory()
    gestion = GestionFactory(estado="RECIBIDA", recibida_en=AHORA, asignada_a=ana)
    cambio = {"cui": gestion.titular_cui} if "cui" in cambio else cambio
    type(ana).objects.filter(pk=ana.pk).update(tipo=ana.tipo, **cambio)
    datos = {"renglon": 8, "estado": "RECIBIDA"}
    Evento.objects.registrar(
        DeTramite.DOCUMENTO_CARGADO,
        actor=gestion.solicitante,
        gestion=gestion.numero,
        ahora=AHORA,
        datos=datos,
    )
    assert Notificacion.objects.get().destinatario == (jefa if cambio else ana)


@pytest.mark.django_db
def test_muchos_actos_a_la_vez_dejan_sus_avisos_en_pocas_consultas(django_assert_max_num_queries):
    """arquitectura.md «A datum's way» 5: a lot of acts costs what one does."""
    gestiones = {GestionFactory().numero: {"causa": "plazo"} for _ in range(30)}
    with django_assert_max_num_queries(5):  # events, staff, Gestiones, notices, mails
        Evento.objects.registrar_lote(DeTramite.ARCHIVADA, ahora=AHORA, datos=gestiones)
    assert set(Correo.objects.values_list("gestion", flat=True)) == set(gestiones)
    assert Notificacion.objects.count() == 30


@pytest.mark.django_db
def test_un_acto_deshecho_no_deja_aviso():
    """D2: same transaction; no mail about something rolled back."""
    persona = CiudadanoFactory()
    with transaction.atomic():
        verificar_cuenta(persona)
        assert Correo.objects.count() == 1
        assert Notificacion.objects.count() == 1
        transaction.set_rollback(True)
    assert not Correo.objects.exists()
    assert not Notificacion.objects.exists()


@pytest.mark.django_db
def test_el_cambio_de_correo_avisa_una_vez_por_cada_via():
    """matriz.md §7: the new address by mail; in the portal, that it changed. The old one: test_adaptador."""
    persona = CiudadanoFactory()
    Evento.objects.registrar(DeCuenta.CORREO_CAMBIADO, actor=persona, ahora=AHORA)
    assert Correo.objects.get().asunto == "Este es el nuevo correo de su cuenta"
    assert Notificacion.objects.get().asunto == "Cambió el correo de su cuenta"


@pytest.mark.django_db
@pytest.mark.parametrize("fabrica", [CorreoFactory, NotificacionFactory])
def test_el_mismo_aviso_no_cabe_dos_veces(fabrica):
    """S23: unique by (evento, destinatario, plantilla), in the database."""
    persona = CiudadanoFactory()
    evento = Evento.objects.registrar(DeCuenta.CUENTA_CREADA, actor=persona, ahora=AHORA)
    fabrica(evento=evento, destinatario=persona, plantilla="una")
    fabrica(evento=evento, destinatario=persona, plantilla="otra")
    with pytest.raises(IntegrityError), transaction.atomic():
        fabrica(evento=evento, destinatario=persona, plantilla="una")


@pytest.mark.django_db
def test_dos_correos_sin_acto_si_caben():
    """The accounts' links are asked for as often as needed."""
    uno = CorreoFactory()
    CorreoFactory(destinatario=uno.destinatario, plantilla=uno.plantilla)
    assert Correo.objects.count() == 2


@pytest.mark.django_db
def test_el_acto_no_envia_nada_por_si_mismo(django_capture_on_commit_callbacks):
    """D2: nothing goes out inside the web request, and nothing is queued before the commit."""
    with django_capture_on_commit_callbacks() as al_confirmar:
        verificar_cuenta(CiudadanoFactory())
    assert len(al_confirmar) == 1
    assert mail.outbox == []


@pytest.fixture
def sin_broker():
    """The portal's Celery with a broker where nobody listens."""
    app = Celery("sin_broker", broker="redis://127.0.0.1:1/0", set_as_current=True)
    app.conf.task_publish_retry = portal.conf.task_publish_retry
    app.conf.broker_transport_options = portal.conf.broker_transport_options
    yield
    app.close()
    portal.set_current()


@pytest.mark.django_db
def test_sin_broker_el_acto_se_hace_y_el_correo_queda_pendiente(
    sin_broker, django_capture_on_commit_callbacks, caplog
):
    """D2: the queue's failure undoes nothing; the sweep will find the row."""
    antes = monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        verificar_cuenta(CiudadanoFactory())
    assert monotonic() - antes < 4, "kombu, left alone, would keep the page waiting six seconds"
    assert "Connection refused" in caplog.text
    assert Correo.objects.get().estado == Correo.Estado.PENDIENTE
