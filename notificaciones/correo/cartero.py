"""The way to the mail server: one connection for many mails, as sound for each as one of its own."""

from contextlib import suppress
from smtplib import SMTPException, SMTPSenderRefused
from types import TracebackType
from typing import Any

from django.core.mail import EmailMessage, get_connection

# Servers count what comes by one connection, and some hang up.
POR_CONEXION = 50


class Cartero:
    """Sends mails one after another; what goes wrong with one is of that one alone."""

    def __enter__(self) -> "Cartero":
        self._conexion: Any = get_connection()
        self._enviados = 0
        return self

    def __exit__(
        self, tipo: type[BaseException] | None, error: BaseException | None, traza: TracebackType | None
    ) -> None:
        self._colgar()

    def llevar(self, mail: EmailMessage) -> None:
        """Hand it to the server. Raises what the connection or the server says, and then hangs up.

        A sender refused after others went may be that server's limit: it is asked once more, by a new one.
        """
        if self._enviados >= POR_CONEXION or not self._escucha():
            self._colgar()
        usada = self._enviados > 0
        try:
            self._mandar(mail)
        except SMTPSenderRefused:
            if not usada:
                raise
            self._mandar(mail)

    def _mandar(self, mail: EmailMessage) -> None:
        try:
            self._conexion.open()
            mail.connection = self._conexion
            mail.send()
        except BaseException:
            self._colgar()
            raise
        self._enviados += 1

    def _escucha(self) -> bool:
        """Whether the server is still at the other end; true of a backend that has no conversation."""
        conversacion = getattr(self._conexion, "connection", None)
        if conversacion is None:
            return True
        try:
            return conversacion.noop()[0] == 250
        except (SMTPException, OSError):
            return False

    def _colgar(self) -> None:
        self._enviados = 0
        with suppress(SMTPException, OSError):
            self._conexion.close()
