"""Health for whoever watches the service: is the process alive, can it work, is its work being done."""

import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from tempfile import TemporaryFile
from threading import Lock, Thread
from uuid import uuid4

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from redis import Redis

from notificaciones.consultas import correos_atrasados

logger = structlog.get_logger(__name__)
TEXTO = "text/plain; charset=utf-8"
PLAZO_S = 2.0
# The sweep runs each minute: a mail whose turn came this long ago was seen by none.
RETRASO = timedelta(hours=1)
LIBRE_MINIMO = 64 * 2**20  # bytes: a few files of the largest size


@never_cache
def viva(request: HttpRequest) -> HttpResponse:
    """200 while the process answers, whatever else is down."""
    return HttpResponse("viva\n", content_type=TEXTO)


@never_cache
def lista(request: HttpRequest) -> HttpResponse:
    """200 when all that the portal leans on works and its mails go out; otherwise 503, in under 3 s.

    The answer does not say what failed (S47): the log does (docs/operacion.md).
    """
    hasta = time.monotonic() + PLAZO_S
    preguntas = [(sonda, sonda.lanzar()) for sonda in SONDAS]
    faltas = [sonda.nombre for sonda, respuesta in preguntas if not sonda.responde(respuesta, hasta)]
    # With the database answering in its thread, it answers here too: in this page's own connection.
    if faltas := faltas or _faltas_de_la_pagina():
        logger.error("salud_no_lista", faltas=faltas)
        return HttpResponse("no disponible\n", content_type=TEXTO, status=503)
    return HttpResponse("lista\n", content_type=TEXTO)


class Sonda:
    """A question to something that may never answer: one thread at most waits for it, however many ask."""

    def __init__(self, nombre: str, probar: Callable[[], None]) -> None:
        self.nombre = nombre
        self._probar = probar
        self._candado = Lock()
        self._respuesta: Future[None] | None = None

    def lanzar(self) -> Future[None]:
        """The answer to come: of who asks already, or of a question of our own."""
        with self._candado:
            if self._respuesta is None or self._respuesta.done():
                self._respuesta = Future()
                # A daemon: what never answers does not keep the process from ending.
                Thread(target=self._preguntar, args=(self._respuesta,), daemon=True).start()
            return self._respuesta

    def responde(self, respuesta: "Future[None]", hasta: float) -> bool:
        """Whether it answers well before that moment of the monotonic clock.

        A failure is asked again: it may have been put before what failed came back.
        """
        for intento in (respuesta, None):
            try:
                (intento or self.lanzar()).result(timeout=max(0.0, hasta - time.monotonic()))
            except Exception as error:
                logger.warning("sonda", sonda=self.nombre, error=f"{type(error).__name__}: {error}")
            else:
                return True
        return False

    def _preguntar(self, respuesta: "Future[None]") -> None:
        try:
            self._probar()
        except Exception as error:
            respuesta.set_exception(error)
        else:
            respuesta.set_result(None)


def _base() -> None:
    """By a connection of its own: it waits for none of those that serve pages."""
    propia = connection.copy()
    propia.settings_dict["OPTIONS"].pop("pool", None)
    try:
        with propia.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        propia.close()


def _redis() -> None:
    """It keeps what it is given: a replica, or one without memory, answers PING all the same."""
    if not settings.REDIS_URL:
        return
    llave, valor = f"salud:{uuid4()}", uuid4().hex
    with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as cliente:
        cliente.set(llave, valor, ex=10)
        if cliente.get(llave) != valor.encode():
            raise RuntimeError("Redis no devolvió lo guardado")


def _almacen() -> None:
    """The documents' folder is there, takes a file and has room for more."""
    carpeta = default_storage.path("")
    with TemporaryFile(dir=carpeta) as archivo:
        archivo.write(os.urandom(4096))
        archivo.flush()
        os.fsync(archivo.fileno())
    if shutil.disk_usage(carpeta).free < LIBRE_MINIMO:
        raise RuntimeError("Al disco de los documentos le queda muy poco espacio")


SONDAS = (Sonda("base", _base), Sonda("redis", _redis), Sonda("almacen", _almacen))


def _faltas_de_la_pagina() -> list[str]:
    try:
        _probar_cache()
        return ["correos"] if correos_atrasados(hasta=timezone.now() - RETRASO) else []
    except Exception:
        logger.exception("salud_no_lista")
        return ["base o caché"]


def _probar_cache() -> None:
    llave, valor = f"salud:{uuid4()}", uuid4().hex
    cache.set(llave, valor, timeout=10)
    if cache.get(llave) != valor:
        raise RuntimeError("La caché no devolvió lo guardado")
