"""gunicorn's worker: a request is received whole before it takes a thread, and in a bounded time.

So whoever opens connections and is silent, or sends a byte a second, holds a socket and no thread: pages
go on being served even with no proxy in front (docs/decisiones/0022, docs/operacion.md).
"""

import re
import socket
import time
from collections.abc import Callable
from functools import partial
from selectors import EVENT_READ
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from gunicorn import http
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

SILENCIO_S = 15  # without a byte, of whoever sends or of whoever reads
DESPEDIDA_S = 2  # for whoever was answered to close
PETICION_S = 120  # headers and body: ten megabytes at 700 kbit/s
CABEZA_MAXIMA = 64 * 1024
CUERPO_MAXIMO = (settings.DOCUMENTO_MAX_MB + 1) * 2**20  # more is handed over at once: the portal refuses it
EN_MEMORIA = 256 * 1024
ACOPIO_MAXIMO = 256 * 2**20  # what a process keeps of all the bodies on their way; /tmp is memory in Compose
TROZO = 64 * 1024

FIN_DE_CABEZA = b"\r\n\r\n"
LARGO = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*(?:\r\n|$)", re.IGNORECASE)
POR_TROZOS = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
PIDE_SEGUIR = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
SIGA = b"HTTP/1.1 100 Continue\r\n\r\n"
SIN_MAS = b"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
CORTES = {
    408: b"HTTP/1.1 408 Request Timeout" + SIN_MAS,
    503: b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30" + SIN_MAS,
}


class Recepcion:
    """What has come of one request. Judges only where it ends: gunicorn reads it all again, and refuses."""

    def __init__(self) -> None:
        self.archivo = SpooledTemporaryFile(max_size=EN_MEMORIA)  # noqa: SIM115  (closed by whoever reads it)
        self.recibido = 0
        self.desde = self.ultimo = time.monotonic()
        self.pide_seguir = False
        self._cabeza = b""
        self._total: int | None = None

    def agregar(self, datos: bytes) -> bool:
        """Keep those bytes; whether nothing else is worth waiting for. `OSError` without room for them."""
        self.archivo.write(datos)
        self.recibido += len(datos)
        self.ultimo = time.monotonic()
        if self._total is None:
            self._cabeza += datos
            self._total = self._hasta_donde()
        return self._total is not None and self.recibido >= self._total

    @property
    def sin_fin(self) -> bool:
        """Handed over before it came whole: whoever reads it waits for the rest."""
        return self._total == 0

    def vencida(self, ahora: float) -> bool:
        return ahora - self.ultimo > SILENCIO_S or ahora - self.desde > PETICION_S

    def _hasta_donde(self) -> int | None:
        """Where the request ends; None while it is not known, and 0 when it is not to be waited for."""
        fin = self._cabeza.find(FIN_DE_CABEZA)
        if fin < 0:
            return 0 if len(self._cabeza) > CABEZA_MAXIMA else None
        cabeza, self._cabeza = self._cabeza[:fin], b""
        if POR_TROZOS.search(cabeza):
            return 0
        self.pide_seguir = PIDE_SEGUIR.search(cabeza) is not None
        largo = LARGO.search(cabeza)
        cuerpo = int(largo[1]) if largo else 0
        return fin + len(FIN_DE_CABEZA) + cuerpo if cuerpo <= CUERPO_MAXIMO else 0


class Lector(SocketUnreader):
    """Reads first what was received, then the connection, which may be silent for SILENCIO_S."""

    def __init__(self, enchufe: socket.socket) -> None:
        super().__init__(enchufe)
        self.recepcion: Recepcion | None = None
        self.hasta = 0.0

    def recibir_de(self, recepcion: Recepcion) -> None:
        recepcion.archivo.seek(0)
        self.recepcion, self.hasta = recepcion, recepcion.desde + PETICION_S

    def chunk(self, size_hint: int | None = None) -> bytes:
        # From here on, the time of a single step: to receive what follows, or to send the answer.
        self.sock.settimeout(SILENCIO_S)
        if self.recepcion:
            if datos := self.recepcion.archivo.read(TROZO):
                return bytes(datos)
            self.recepcion.archivo.close()
            self.recepcion = None
        if time.monotonic() > self.hasta:
            raise TimeoutError("La petición no llegó entera a tiempo")
        return bytes(super().chunk(size_hint))


class Conexion(TConn):
    """A connection whose last words are waited for by the poller, and by nobody else."""

    recepcion: Recepcion
    despedir: Callable[["Conexion"], None]
    hasta = 0.0
    de_mas = 0

    def close(self, graceful: bool = False) -> None:
        """With `graceful` the answer is all sent: the other side closes first, or its time is over."""
        if graceful:
            self.despedir(self)
        else:
            super().close()


class Hilos(ThreadWorker):
    """gunicorn's own threads, each given a request that has already come."""

    terminando = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sin_fin: set[Conexion] = set()
        self.despedidas: list[Conexion] = []

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Ctrl+C comes from the terminal and again from the parent: the second would cut the first short."""
        if not self.terminando:
            self.terminando = True
            super().handle_quit(sig, frame)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Whoever comes while this process stops is refused at once, not kept waiting for its end."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                listener.close()

    def accept(self, listener: socket.socket) -> None:
        try:
            enchufe, cliente = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        conexion = Conexion(self.cfg, enchufe, cliente, listener.getsockname())
        conexion.despedir = self._despedir
        conexion.parser = http.get_parser(self.cfg, enchufe, cliente)
        conexion.parser.unreader = Lector(enchufe)
        self._esperar(conexion)

    def on_client_socket_readable(self, conn: Conexion, client: Any) -> None:
        """The next request of a connection kept alive."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._esperar(conn)

    def murder_pending(self) -> None:
        """Cut whoever was silent too long, takes longer than a whole request may, or does not let go."""
        ahora = time.monotonic()
        for conexion in [c for c in self.despedidas if c.hasta < ahora]:
            self._olvidar(conexion)
        for conexion in list(self.pending_conns):
            recepcion = conexion.recepcion
            sin_empezar = not recepcion.recibido and not self.alive
            if recepcion.vencida(ahora) or sin_empezar:
                self._cortar(conexion, 408 if recepcion.recibido else None)

    def _esperar(self, conexion: Conexion) -> None:
        conexion.recepcion = Recepcion()
        self.pending_conns.append(conexion)
        self.poller.register(conexion.sock, EVENT_READ, partial(self._recibir, conexion))

    def _recibir(self, conexion: Conexion, enchufe: socket.socket) -> None:
        recepcion = conexion.recepcion
        try:
            datos = enchufe.recv(TROZO)
        except BlockingIOError:
            return
        except OSError:
            datos = b""
        if not datos:
            self._cortar(conexion, None)
            return
        try:
            completa = recepcion.agregar(datos)
        except OSError:
            self._cortar(conexion, 503)
            return
        if completa:
            self._entregar(conexion)
        elif sum(c.recepcion.recibido for c in self.pending_conns) > ACOPIO_MAXIMO:
            self._cortar(conexion, 503)
        elif recepcion.pide_seguir:
            recepcion.pide_seguir = False
            self._decir(conexion, SIGA)

    def _entregar(self, conexion: Conexion) -> None:
        """Half of the threads are never for those whose end is not in sight: the rest of them come back."""
        if conexion.recepcion.sin_fin:
            if len(self.sin_fin) >= max(1, self.cfg.threads // 2):
                self._cortar(conexion, 503)
                return
            self.sin_fin.add(conexion)
        self._soltar(conexion)
        conexion.parser.unreader.recibir_de(conexion.recepcion)
        conexion.data_ready = True
        self.enqueue_req(conexion)

    def _despedir(self, conexion: Conexion) -> None:
        """Hear out what is still on its way, so that the answer is not lost (RFC 9112 §9.6), and close.

        gunicorn waits for it in this very thread, two seconds each, and meanwhile serves nobody.
        """
        try:
            conexion.sock.shutdown(socket.SHUT_WR)
            conexion.sock.setblocking(False)
            self.poller.register(conexion.sock, EVENT_READ, partial(self._desoir, conexion))
        except (OSError, ValueError):
            conexion.close()
            return
        conexion.hasta = time.monotonic() + DESPEDIDA_S
        self.despedidas.append(conexion)
        self.nr_conns += 1

    def _desoir(self, conexion: Conexion, enchufe: socket.socket) -> None:
        try:
            datos = enchufe.recv(TROZO)
        except BlockingIOError:
            return
        except OSError:
            datos = b""
        conexion.de_mas += len(datos)
        if not datos or conexion.de_mas > CABEZA_MAXIMA:
            self._olvidar(conexion)

    def _olvidar(self, conexion: Conexion) -> None:
        self.despedidas.remove(conexion)
        self.poller.unregister(conexion.sock)
        self.nr_conns -= 1
        conexion.close()

    def finish_request(self, conn: Conexion, fs: Any) -> None:
        self.sin_fin.discard(conn)
        super().finish_request(conn, fs)

    def _cortar(self, conexion: Conexion, codigo: int | None) -> None:
        self._soltar(conexion)
        conexion.recepcion.archivo.close()
        if codigo:
            self._decir(conexion, CORTES[codigo])
        self.nr_conns -= 1
        conexion.close()

    def _soltar(self, conexion: Conexion) -> None:
        self.pending_conns.remove(conexion)
        self.poller.unregister(conexion.sock)

    def _decir(self, conexion: Conexion, dicho: bytes) -> None:
        try:
            conexion.sock.send(dicho)
        except OSError:
            self.log.debug("Nadie escucha ya en esa conexión")
