"""The demo's post office: every mail is one `.eml` file that anyone can open."""

import os
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage as MensajeLeido
from email.policy import default
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class BuzonEml(BaseEmailBackend):
    """E-mail backend that writes in RUTA_CORREOS; names sort by the time of sending (UTC)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them all; a reader never sees half a file."""
        for mensaje in email_messages:
            _escribir(mensaje.message().as_bytes())
        return len(email_messages)


def nombres() -> list[str]:
    """The mails there are, newest first."""
    return sorted((ruta.name for ruta in _carpeta().glob("*.eml")), reverse=True)


def leer(nombre: str) -> MensajeLeido:
    """A mail by its file's name; `FileNotFoundError` if there is none."""
    return message_from_bytes((_carpeta() / Path(nombre).name).read_bytes(), policy=default)


def cuerpo(mensaje: MensajeLeido, clase: str) -> str:
    """Its body of that kind, `plain` or `html`; empty when it has none."""
    parte = mensaje.get_body((clase,))
    return parte.get_content() if parte else ""


def _carpeta() -> Path:
    return Path(settings.RUTA_CORREOS)


def _escribir(contenido: bytes) -> None:
    carpeta = _carpeta()
    carpeta.mkdir(parents=True, exist_ok=True)
    final = carpeta / f"{timezone.now():%Y%m%dT%H%M%S%fZ}-{token_hex(4)}.eml"
    provisional = final.with_suffix(".parcial")
    try:
        provisional.write_bytes(contenido)
        os.replace(provisional, final)
    except OSError:
        provisional.unlink(missing_ok=True)
        raise
