"""Whoever connects or is connected to and stays mute holds nobody; whoever stops the portal loses nothing."""

import os
import signal
import socket
import time
from contextlib import ExitStack

import pytest

from tests import servicios
from tests.notificaciones.servidor_smtp import ServidorSmtp

pytestmark = [pytest.mark.postgresql, pytest.mark.redis]
MUDAS = 40
CUERPO = b"x" * 200_000
CABEZA = (
    b"POST /cuenta/ingresar/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    b"Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n"
)


PEDIR = """
from cuentas.models import Usuario
from notificaciones.tareas import enviar_correo
from tests.fabricas import CorreoFactory
enviar_correo.delay(CorreoFactory(destinatario=Usuario.objects.first()).pk)
"""


# More mails than their worker has hands, each in the air longer than this waits for a seal.
CORREOS, ESPERA_SMTP = 6, 4 * servicios.ESPERA_S
DEBER = f"""
from cuentas.models import Usuario
from notificaciones.tareas import enviar_correo
from tests.fabricas import CorreoFactory
for _ in range({CORREOS}):
    enviar_correo.delay(CorreoFactory(destinatario=Usuario.objects.first()).pk)
"""
# What the clock asks for each minute, with something to seal and somebody to attend.
SELLAR_Y_ATENDER = """
from django.utils import timezone
from bitacora.models import Evento
from bitacora.tareas import sellar
from cuentas.models import Recuperacion
from cuentas.tareas import atender_recuperaciones
Evento.objects.registrar("cuenta_verificada", ahora=timezone.now())
Recuperacion.objects.create(dato="nadie@demo.gt", pedida_en=timezone.now())
sellar.delay(), atender_recuperaciones.delay()
"""
POR_HACER = "SELECT (SELECT count(*) FROM bitacora_porsellar), (SELECT count(*) FROM cuentas_recuperacion)"


def conectar(portal, datos: bytes = b"") -> socket.socket:
    enchufe = socket.create_connection(("127.0.0.1", int(portal.puerto)), timeout=30)
    enchufe.sendall(datos)
    return enchufe


def dicho_hasta(enchufe: socket.socket, fin: bytes) -> bytes:
    dicho = b""
    while fin not in dicho:
        dicho += enchufe.recv(4096)
    return dicho


def test_las_conexiones_mudas_no_ocupan_hilos(portal):
    """Without a byte, half a header, and headers with no body: ten times the threads, and pages go on."""
    a_medias = [b"", b"GET / HTTP/1.1\r\nHost: 127", CABEZA % len(CUERPO), CABEZA % len(CUERPO) + b"xx"]
    with ExitStack() as abiertas:
        for n in range(MUDAS):
            abiertas.enter_context(conectar(portal, a_medias[n % len(a_medias)]))
        for _ in range(4):
            estado, _, segundos = portal.pedir("/")
            assert estado == 200
            assert segundos < 3, "five seconds is what gunicorn gives each, one thread at a time"
        mudo = abiertas.enter_context(conectar(portal, CABEZA % len(CUERPO)))
        assert mudo.recv(100).startswith(b"HTTP/1.1 408"), "and it is let go in the end"


@pytest.mark.parametrize("largo", [b"Transfer-Encoding: chunked", b"Content-Length: 60000000"])
def test_las_cargas_sin_fin_a_la_vista_ocupan_como_mucho_la_mitad_de_los_hilos(portal, largo):
    """Whose end is not to be waited for takes a thread at once; of forty mute ones, the most are refused."""
    cabeza = CABEZA.replace(b"Content-Length: %d", largo)
    with ExitStack() as abiertas:
        mudas = [abiertas.enter_context(conectar(portal, cabeza)) for _ in range(MUDAS)]
        for _ in range(4):
            estado, _, segundos = portal.pedir("/")
            assert estado == 200
            assert segundos < 3
        assert mudas[-1].recv(100).startswith(b"HTTP/1.1 503")


def test_quien_no_suelta_la_conexion_ya_respondida_no_detiene_a_nadie(portal):
    """Its answer given, the other side is waited for beside everything else, and let go in the end."""
    pedido = b"GET /salud/viva/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    with ExitStack() as abiertas:
        respondidas = [abiertas.enter_context(conectar(portal, pedido)) for _ in range(MUDAS)]
        for respondida in respondidas:
            assert b" 200 " in dicho_hasta(respondida, b"viva\n")
        for _ in range(4):
            estado, _, segundos = portal.pedir("/")
            assert estado == 200
            assert segundos < 3
        assert respondidas[-1].recv(1) == b""


def test_lo_que_llega_a_trozos_llega_igual(portal):
    """Byte by byte, two requests in a connection, chunks and «Expect»: all are answered."""
    with conectar(portal) as enchufe:
        for octeto in b"GET /salud/viva/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n":
            enchufe.sendall(bytes([octeto]))
        assert b" 200 " in dicho_hasta(enchufe, b"viva\n")
        enchufe.sendall(b"GET /salud/viva/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert b" 200 " in dicho_hasta(enchufe, b"viva\n")
    por_trozos = CABEZA.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked")
    with conectar(portal, por_trozos + b"4\r\nxxxx\r\n0\r\n\r\n") as enchufe:
        assert b" 403 " in dicho_hasta(enchufe, b"\r\n"), "no token: but it was read"
    esperando = CABEZA.replace(b"Connection", b"Expect: 100-continue\r\nConnection")
    with conectar(portal, esperando % 2) as enchufe:
        assert enchufe.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        enchufe.sendall(b"xx")
        respuesta = b"".join(iter(lambda: enchufe.recv(65536), b""))
        assert b"HTTP/1.1 403 " in respuesta, "gunicorn says «Continue» once more, as it may"


def test_una_carga_lenta_termina_aunque_detengan_el_portal(portal):
    """SIGTERM in the middle of a body: it is received and answered, and then the process ends well."""
    with conectar(portal, CABEZA % len(CUERPO) + CUERPO[:1000]) as enchufe:
        assert portal.pedir("/salud/viva/")[0] == 200, "and so the upload was accepted before it"
        os.kill(portal.web.pid, signal.SIGTERM)
        servicios.esperar(lambda: portal.pedir("/salud/viva/")[0] == 0)
        for desde in range(1000, len(CUERPO), 50_000):
            enchufe.sendall(CUERPO[desde : desde + 50_000])
            time.sleep(0.1)
        assert b" 403 " in enchufe.recv(4096).splitlines()[0]
    assert portal.web.wait(timeout=30) == 0


def test_detener_el_worker_no_deja_un_correo_en_el_aire(mundo):
    """SIGTERM lets it end; what SIGKILL cuts is anybody's again in three minutes, not in ten."""
    orden = ("celery", "-A", "ceo_portal", "worker", "--queues=correo,correo-cuentas", "--concurrency=1")
    with ServidorSmtp() as smtp:
        variables = {
            "DJANGO_SETTINGS_MODULE": "tests.fallas.con_correo",
            "PUERTO_SMTP": str(smtp.puerto),
        }
        for fin, estado in ((signal.SIGTERM, "enviado"), (signal.SIGKILL, "enviando")):
            smtp.siga.clear()
            smtp.en_el_aire.clear()
            mundo.manage("shell", "--no-imports", "-c", PEDIR)
            worker = mundo.lanzar(*orden, **variables)
            assert smtp.en_el_aire.wait(servicios.ESPERA_S)
            (os.killpg if fin == signal.SIGKILL else os.kill)(worker.pid, fin)
            smtp.siga.set()
            worker.wait(timeout=servicios.ESPERA_S)
            [como, prestado] = mundo.sql(
                "SELECT estado, proximo_intento_en < now() + interval '3 min'"
                " FROM notificaciones_correo ORDER BY id DESC LIMIT 1"
            )
            assert como == estado
            assert prestado


def test_un_servidor_de_correo_mudo_no_retrasa_los_sellos(mundo):
    """It takes each connection and never says a word: with the workers that Compose starts (decision 22).

    The log is sealed and recoveries attended while every mail is still in the air or waits for its turn.
    """
    [antes] = mundo.sql("SELECT coalesce(max(id), 0) FROM notificaciones_correo")
    with socket.create_server(("127.0.0.1", 0), backlog=64) as agujero:
        con_correo = {
            "DJANGO_SETTINGS_MODULE": "tests.fallas.con_correo",
            "PUERTO_SMTP": str(agujero.getsockname()[1]),
            "ESPERA_SMTP": str(ESPERA_SMTP),
        }
        for colas in ("correo,correo-cuentas", "bitacora,cuentas"):
            mundo.trabajar(colas, **con_correo)
        mundo.manage("shell", "--no-imports", "-c", DEBER)
        agujero.settimeout(servicios.ESPERA_S)
        en_el_aire, _ = agujero.accept()
        with en_el_aire:
            mundo.manage("shell", "--no-imports", "-c", SELLAR_Y_ATENDER)
            servicios.esperar(lambda: mundo.sql(POR_HACER) == (0, 0))
            [esperan] = mundo.sql(
                f"SELECT count(*) FROM notificaciones_correo WHERE id > {antes}"
                " AND (estado = 'enviando' OR intentos = 0)"
            )
    mundo.terminar()
    assert esperan == CORREOS
