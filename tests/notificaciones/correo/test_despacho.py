"""Sending, against a real server that fails when told to."""

from datetime import timedelta
from io import StringIO
from threading import Barrier

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notificaciones.correo import cartero, despacho
from notificaciones.models import Correo
from notificaciones.tareas import despachar_correos, enviar_correo
from tests.fabricas import CorreoFactory
from tests.hilos import en_hilo

pytestmark = pytest.mark.django_db


def releido(correo):
    correo.refresh_from_db()
    return correo


def a_medias(correo, *, hace, intentos=1):
    """The row as a process leaves it that dies between the server's 250 and the commit."""
    tomado = timezone.now() - hace
    Correo.objects.filter(pk=correo.pk).update(
        estado=Correo.Estado.ENVIANDO,
        tomado_en=tomado,
        intentos=intentos,
        proximo_intento_en=tomado + despacho.PRESTAMO,
    )


def test_un_correo_aceptado_queda_enviado(smtp):
    """D2: the server's 250 is what makes a mail sent."""
    correo = CorreoFactory()
    enviar_correo(correo.pk)
    assert releido(correo).estado == Correo.Estado.ENVIADO
    assert correo.intentos == 1
    assert timezone.now() - correo.enviado_en < timedelta(minutes=1)
    [recibido] = smtp.recibidos
    assert recibido["To"] == correo.para
    assert recibido["Subject"] == correo.asunto
    assert recibido["Message-ID"] == correo.message_id


def test_repetir_la_tarea_no_envia_dos_veces(smtp):
    """S23: Celery may deliver a task twice."""
    correo = CorreoFactory()
    enviar_correo(correo.pk)
    enviar_correo(correo.pk)
    despachar_correos()
    assert len(smtp.recibidos) == 1


def test_la_barrida_encuentra_lo_que_ninguna_tarea_tomo(smtp):
    """arquitectura.md «A datum's way» 5: by state and age, with no flag."""
    CorreoFactory.create_batch(3)
    despachar_correos()
    assert len(smtp.recibidos) == 3
    assert set(Correo.objects.values_list("estado", flat=True)) == {Correo.Estado.ENVIADO}


def test_una_barrida_pregunta_por_lotes_y_no_repite(smtp, monkeypatch):
    """Constant memory, whatever is owed: what somebody waits for first, then each at its hour and once."""
    monkeypatch.setattr(despacho, "LOTE", 2)
    hora = timezone.now() - timedelta(hours=1)
    de_gestion = [
        CorreoFactory(gestion=n, proximo_intento_en=hora + timedelta(minutes=n // 4)) for n in range(1, 8)
    ]
    de_cuentas = [CorreoFactory(gestion=None, proximo_intento_en=timezone.now()) for _ in range(3)]
    intentados = []
    monkeypatch.setattr(despacho, "_despachar", lambda pk, _cartero: intentados.append(pk) or False)
    with CaptureQueriesContext(connection) as consultas:
        assert despacho.despachar_pendientes() == 0
    assert intentados == [c.pk for c in (*de_cuentas, *de_gestion)]
    assert all("LIMIT 2" in consulta["sql"] for consulta in consultas)
    assert len(consultas) == 3 + 5


def test_una_barrida_usa_una_conexion_para_muchos(smtp, monkeypatch):
    """A conversation costs ten turns, and with TLS more: it is had once for many mails, not for ever."""
    monkeypatch.setattr(cartero, "POR_CONEXION", 4)
    CorreoFactory.create_batch(9)
    assert despacho.despachar_pendientes() == 9
    assert smtp.conexiones == 3


def test_el_servidor_que_cuelga_tras_cada_correo_los_recibe_todos(smtp):
    """What another mail left of the connection is no attempt of this one."""
    smtp.cuelga = True
    CorreoFactory.create_batch(3)
    assert despacho.despachar_pendientes() == 3
    assert set(Correo.objects.values_list("estado", "intentos")) == {(Correo.Estado.ENVIADO, 1)}


@pytest.mark.parametrize("basta", ["421 4.7.0 basta", "452 4.5.3 basta", "550 5.7.1 basta"])
def test_el_tope_de_una_conexion_no_es_un_rechazo_del_correo(smtp, basta):
    """D2: a server that takes so many by each, however it says it, is sent the rest by another."""
    smtp.tope = (2, basta)
    CorreoFactory.create_batch(5)
    assert despacho.despachar_pendientes() == 5
    assert smtp.conexiones == 3
    assert set(Correo.objects.values_list("estado", "intentos")) == {(Correo.Estado.ENVIADO, 1)}


def test_el_remitente_rechazado_por_una_conexion_nueva_no_se_insiste(smtp):
    """What it says to the first mail of a connection is of that mail."""
    smtp.rechazos["MAIL"] = "451 luego"
    CorreoFactory.create_batch(2)
    assert despacho.despachar_pendientes() == 0
    assert smtp.conexiones == 2


def test_el_rechazado_no_estorba_a_los_que_van_tras_el(smtp):
    """D2: the connection of one that failed carries no other."""
    primero, *otros = CorreoFactory.create_batch(3)
    Correo.objects.filter(pk=primero.pk).update(para="no es una dirección", destinatario=None)
    smtp.rechazos["RCPT"] = "451 luego"
    assert despacho.despachar_pendientes() == 0
    smtp.rechazos.clear()
    Correo.objects.filter(pk__in=[c.pk for c in otros]).update(proximo_intento_en=timezone.now())
    assert despacho.despachar_pendientes() == 2


def test_con_el_servidor_caido_el_correo_espera_su_turno(smtp_caido):
    """D2: a queue with retries; the row says what happened."""
    correo = CorreoFactory()
    despachar_correos()
    assert releido(correo).estado == Correo.Estado.PENDIENTE
    assert correo.intentos == 1
    assert correo.ultimo_error.startswith("ConnectionRefusedError")
    despachar_correos()
    assert releido(correo).intentos == 1, "its turn has not come yet"


def test_un_rechazo_se_reintenta_con_el_mismo_message_id_hasta_que_pasa(smtp):
    """D2, S23: what is sent again can be known for the same mail."""
    correo, identidad = CorreoFactory(), None
    smtp.rechazo = "451 intente luego"
    despachar_correos()
    identidad = releido(correo).message_id
    assert "451" in correo.ultimo_error
    smtp.rechazo = ""
    with time_machine.travel(correo.proximo_intento_en + timedelta(seconds=1)):
        despachar_correos()
    assert releido(correo).estado == Correo.Estado.ENVIADO
    assert correo.intentos == 2
    assert [m["Message-ID"] for m in smtp.recibidos] == [identidad]


def test_uno_que_falla_no_detiene_a_los_demas(smtp):
    """D2: not even one that cannot be written."""
    CorreoFactory(plantilla="no_existe")
    CorreoFactory()
    assert despacho.despachar_pendientes() == 1
    assert "TemplateDoesNotExist" in Correo.objects.get(plantilla="no_existe").ultimo_error


@pytest.mark.parametrize(
    ("intentos", "minutos"), [(1, 1), (2, 2), (3, 4), (8, 128), (9, 256), (10, 360), (11, 360)]
)
def test_la_espera_se_duplica_hasta_su_tope(intentos, minutos):
    """Exponential backoff with a ceiling of six hours."""
    assert despacho.espera(intentos) == timedelta(minutes=minutos)


def test_tras_el_ultimo_intento_queda_fallido_y_no_se_toca_mas(smtp_caido):
    """D2: a limit, and it can be seen."""
    correo, cuando = CorreoFactory(), timezone.now()
    for _ in range(despacho.INTENTOS_MAXIMOS):
        cuando = max(cuando, releido(correo).proximo_intento_en)
        with time_machine.travel(cuando + timedelta(seconds=1)):
            despachar_correos()
    assert releido(correo).estado == Correo.Estado.FALLIDO
    assert correo.intentos == despacho.INTENTOS_MAXIMOS
    with time_machine.travel(cuando + timedelta(days=365)):
        despachar_correos()
    assert releido(correo).intentos == despacho.INTENTOS_MAXIMOS


def test_lo_que_un_proceso_muerto_dejo_se_envia_otra_vez_igual(smtp):
    """arquitectura.md «A datum's way» 5: at most a repetition, under the same Message-ID; never a loss."""
    correo = CorreoFactory()
    a_medias(correo, hace=despacho.PRESTAMO + timedelta(seconds=1))
    despachar_correos()
    assert releido(correo).estado == Correo.Estado.ENVIADO
    assert correo.intentos == 2
    assert [m["Message-ID"] for m in smtp.recibidos] == [correo.message_id]


def test_lo_que_otro_proceso_esta_enviando_no_se_toca(smtp):
    """S23: taken a minute ago is not abandoned."""
    correo = CorreoFactory()
    a_medias(correo, hace=timedelta(minutes=1))
    despachar_correos()
    assert smtp.recibidos == []
    assert releido(correo).estado == Correo.Estado.ENVIANDO


def test_uno_que_mata_a_quien_lo_envia_acaba_fallido(smtp):
    """The attempt counts from the taking, so that no mail can kill the workers for ever."""
    correo = CorreoFactory()
    a_medias(correo, hace=timedelta(hours=1), intentos=despacho.INTENTOS_MAXIMOS)
    despachar_correos()
    assert releido(correo).estado == Correo.Estado.FALLIDO
    assert smtp.recibidos == []


def test_quien_se_detiene_con_un_correo_en_la_mano_lo_devuelve(smtp, monkeypatch):
    """A worker that is being stopped: the next sweep does not wait for the lease to run out."""
    correo = CorreoFactory()

    def detener(_correo):
        raise SystemExit

    with monkeypatch.context() as parada:
        parada.setattr(despacho, "redactar", detener)
        with pytest.raises(SystemExit):
            despacho.despachar(correo.pk)
    assert releido(correo).estado == Correo.Estado.PENDIENTE
    despachar_correos()
    assert releido(correo).estado == Correo.Estado.ENVIADO


def test_quien_volvio_tarde_no_escribe_sobre_quien_lo_tomo_despues(smtp):
    """The outcome belongs to whoever holds the row."""
    correo = CorreoFactory()
    tarde = despacho._tomar(correo.pk)
    a_medias(correo, hace=timedelta(minutes=1), intentos=2)
    despacho._aplazar(tarde, TimeoutError())
    assert releido(correo).estado == Correo.Estado.ENVIANDO
    assert correo.ultimo_error == ""


def test_el_enlace_de_un_solo_uso_no_queda_guardado_tras_enviarlo(smtp):
    """S40: whoever reads the table finds no key to an account."""
    correo = CorreoFactory(contexto={"boton": "Recuperar", "enlace": "/cuenta/recuperar/clave/1-abc/"})
    enviar_correo(correo.pk)
    assert "/cuenta/recuperar/clave/1-abc/" in smtp.recibidos[0].get_body(("plain",)).get_content()
    assert releido(correo).contexto == {}


def test_el_comando_despacha_y_dice_como_quedo(smtp):
    """contrato.md: `despachar_correos`."""
    CorreoFactory.create_batch(2)
    CorreoFactory(plantilla="no_existe")
    salida = StringIO()
    call_command("despachar_correos", stdout=salida)
    assert salida.getvalue() == "Enviados: 2. Pendientes: 1. Fallidos: 0.\n"


@pytest.mark.parametrize(
    "cambios",
    [
        {"estado": "perdido"},
        {"estado": "enviado"},
        {"enviado_en": timezone.now()},
        {"estado": "fallido"},
        {"estado": "enviando", "intentos": 1},
    ],
)
def test_la_base_rechaza_una_fila_incoherente(cambios):
    """The outbox's CHECKs: a state known, its date and its attempts with it."""
    correo = CorreoFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Correo.objects.filter(pk=correo.pk).update(**cambios)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_dos_barridas_a_la_vez_no_envian_dos_veces(smtp):
    """S23, S13: SKIP LOCKED parts the work between four sweeps that start together."""
    correos = CorreoFactory.create_batch(20)
    salida = Barrier(4)

    def barrer():
        salida.wait()
        despacho.despachar_pendientes()

    hilos = [en_hilo(barrer) for _ in range(4)]
    for hilo in hilos:
        hilo.join()
    assert sorted(m["Message-ID"] for m in smtp.recibidos) == sorted(c.message_id for c in correos)
    assert set(Correo.objects.values_list("estado", "intentos")) == {(Correo.Estado.ENVIADO, 1)}
