"""Sending, once."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from bitacora.models import Evento
from notificaciones.models import Correo, Notificacion
from tests.tramites import escenas
from tramites.acciones.retirar import retirar
from tramites.models import Documento, Envio, Estado, Gestion
from tramites.reglas.rechazos import AccionRechazada, Conflicto, PasoPendiente


def test_al_enviar_queda_recibida_con_su_envio(titular):
    """T1, B7.6: state, date, round, files tied to the sending, and the clock stopped (FB1)."""
    gestion = escenas.recibida(titular)
    assert gestion.estado == Estado.RECIBIDA
    assert gestion.archivar_el is None
    envio = gestion.envios.get()
    assert (envio.ronda, envio.enviado_en) == (1, gestion.recibida_en)
    assert envio.documentos.count() == 6
    assert Evento.objects.get(tipo="enviada").datos["ronda"] == 1


def test_la_misma_ficha_es_un_solo_envio_y_un_solo_aviso(titular):
    """B7.5, S23: double click and reload."""
    gestion, ficha = escenas.completa(titular), uuid.uuid4()
    assert escenas.mandar(gestion, ficha=ficha) == escenas.mandar(gestion, ficha=ficha)
    assert Envio.objects.count() == 1
    assert Correo.objects.filter(plantilla="enviada").count() == 1
    assert Notificacion.objects.filter(plantilla="enviada").count() == 1


def test_otra_pestana_recibe_conflicto(titular):
    """B7.5, matriz.md §3: another ficha after sending is a 409, and nothing is written."""
    gestion = escenas.completa(titular)
    escenas.mandar(gestion)
    with pytest.raises(Conflicto, match="ya fue enviada"):
        escenas.mandar(gestion)
    assert Envio.objects.count() == 1


def test_la_ficha_de_otra_gestion_es_un_conflicto(titular):
    """B7.5, S13: another Gestión of the same person is not sent with it, nor taken for the one sent."""
    enviada, otra, ficha = escenas.con_archivos(titular), escenas.con_archivos(titular), uuid.uuid4()
    escenas.mandar(enviada, ficha=ficha)
    with pytest.raises(Conflicto):
        escenas.mandar(otra, ficha=ficha)
    assert Envio.objects.get().gestion == enviada


def test_lo_que_cambio_despues_de_ver_la_ventana_no_se_envia(titular):
    """S24: the version seen is part of the act."""
    gestion = escenas.completa(titular)
    escenas.subir(gestion, 8)
    with pytest.raises(Conflicto):
        escenas.mandar(gestion)
    assert Gestion.de(titular, gestion.numero).estado == Estado.CREACION


def test_con_un_documento_menos_no_se_envia(titular):
    """B6.6, B7.1: everything is checked again on sending."""
    gestion = escenas.completa(titular)
    retirar(
        numero=gestion.numero,
        actor=titular,
        documento_id=gestion.documentos_vigentes[-1].pk,
        ahora=gestion.ultima_accion_en,
    )
    with pytest.raises(PasoPendiente) as rechazo:
        escenas.mandar(Gestion.de(titular, gestion.numero))
    assert rechazo.value.paso.clave == "documentos"


def test_sin_correo_verificado_no_se_envia(titular):
    """T1."""
    gestion = escenas.completa(titular)
    EmailAddress.objects.update(verified=False)
    with pytest.raises(AccionRechazada, match="Primero confirme su correo"):
        escenas.mandar(gestion)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("misma_ficha", [True, False])
def test_veinte_hilos_envian_una_sola_vez(misma_ficha):
    """S23: twenty at once; with one ficha all succeed with the same sending, with twenty one does."""
    gestion = escenas.completa(escenas.titular())
    ficha, salida = uuid.uuid4(), threading.Barrier(20)

    def intentar(_n: int) -> int | None:
        salida.wait()
        try:
            return escenas.mandar(gestion, ficha=ficha if misma_ficha else uuid.uuid4()).pk
        except Conflicto:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as hilos:
        hechos = [pk for pk in hilos.map(intentar, range(20)) if pk]
    assert len(hechos) == (20 if misma_ficha else 1)
    assert len(set(hechos)) == Envio.objects.count() == Evento.objects.filter(tipo="enviada").count() == 1
    assert Correo.objects.filter(plantilla="enviada").count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_veinte_copias_de_una_carga_son_un_archivo():
    """S13: twenty parallel POSTs with one ficha."""
    titular, ficha, salida = escenas.titular(), uuid.uuid4(), threading.Barrier(20)
    gestion = escenas.hasta_documentos(titular)

    def intentar(_n: int):
        salida.wait()
        try:
            return escenas.subir(gestion, 2, ficha=ficha).documento.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as hilos:
        assert len(set(hilos.map(intentar, range(20)))) == 1
    assert Documento.objects.count() == 1
