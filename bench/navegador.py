"""A browser without a network: it calls the WSGI application, as gunicorn would, in this very process."""

import io
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

LOCAL = {
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "HTTP_HOST": "localhost",
    "HTTP_ACCEPT_ENCODING": "gzip",
    "HTTP_SEC_FETCH_SITE": "same-origin",
    "wsgi.url_scheme": "http",
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


def aplicacion(*, desnuda: bool = False) -> WSGIHandler:
    """The portal's application; `desnuda`, with Django's session and person and no more of ours."""
    if not desnuda:
        return WSGIHandler()
    with override_settings(MIDDLEWARE=settings.MIDDLEWARE_DESNUDO):
        return WSGIHandler()


class Navegador:
    """One person's browser; `usuario` None is somebody who has not signed in.

    `destino` is where the last answer leads, if it is a redirection.
    """

    destino = ""

    def __init__(self, usuario: Any, *, app: WSGIHandler | None = None) -> None:
        self._app = app or WSGIHandler()
        self._galletas = {settings.CSRF_COOKIE_NAME: "b" * 32}
        if usuario is not None:
            cliente = Client(SERVER_NAME="localhost")
            cliente.force_login(usuario)
            self._galletas |= {n: m.value for n, m in cliente.cookies.items()}

    @property
    def galletas(self) -> str:
        """Its Cookie header."""
        return "; ".join(f"{n}={v}" for n, v in self._galletas.items())

    def pedir(self, ruta: str, datos: dict[str, Any] | None = None, *, espera: int = HTTPStatus.OK) -> bytes:
        """GET, or POST when there are `datos`; the body as it would travel. Any other status is an error."""
        estado: list[str] = []

        def recibir(linea: str, cabeceras: list[tuple[str, str]]) -> None:
            estado.append(linea)
            self.destino = dict(cabeceras).get("Location", "")

        respuesta = self._app(self._entorno(ruta, datos), recibir)
        cuerpo = b"".join(respuesta)
        respuesta.close()
        if not estado[0].startswith(str(int(espera))):
            raise RuntimeError(f"{ruta}: {estado[0]}, se esperaba {int(espera)}")
        return cuerpo

    def consultas(
        self, ruta: str, datos: dict[str, Any] | None = None, *, espera: int = HTTPStatus.OK
    ) -> int:
        """How many queries that request makes."""
        with CaptureQueriesContext(connection) as captura:
            self.pedir(ruta, datos, espera=espera)
        return len(captura)

    def bloques(self, ruta: str) -> int:
        """How many blocks of the database its reads touch: what does not depend on the machine."""
        with CaptureQueriesContext(connection) as captura:
            self.pedir(ruta)
        lecturas = (c["sql"] for c in captura if c["sql"].startswith("SELECT"))
        return sum(_bloques(sql) for sql in lecturas if "FOR UPDATE" not in sql)

    def _entorno(self, ruta: str, datos: dict[str, Any] | None) -> dict[str, Any]:
        camino, _, pregunta = ruta.partition("?")
        entorno = LOCAL | {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": camino,
            "SCRIPT_NAME": "",
            "QUERY_STRING": pregunta,
            "HTTP_COOKIE": self.galletas,
            "wsgi.errors": io.StringIO(),
            "wsgi.input": io.BytesIO(),
        }
        if datos is None:
            return entorno
        cuerpo = urlencode(datos | {"csrfmiddlewaretoken": "b" * 32}, doseq=True).encode()
        return entorno | {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(cuerpo)),
            "HTTP_ORIGIN": "http://localhost",
            "wsgi.input": io.BytesIO(cuerpo),
        }


def _bloques(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql.replace('%', '%%')}", [])
        plan = cursor.fetchone()[0][0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
