"""Whether a failure is the recipient's for good, or of the way there, which may heal (RFC 5321, 3463)."""

import re
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MEJORADO = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")
# By class and detail: addressing and mailbox are the recipient's; 5.1.7 and 5.1.8 are of our own address.
DEL_DESTINATARIO, DEL_REMITENTE = {"1", "2"}, {("1", "7"), ("1", "8")}
# The server asks us to identify ourselves, or does not understand us; whoever writes «relay» means us too.
NUESTROS = {500, 502, 503, 504, 530, 534, 535, 538}
REENVIO = re.compile(r"relay", re.IGNORECASE)


class DireccionImposible(ValueError):
    """No server could be asked for that address."""


def exigir_direccion(direccion: str) -> None:
    """Raises `DireccionImposible` unless a mail can bear it."""
    try:
        validate_email(direccion)
    except ValidationError as error:
        raise DireccionImposible("La dirección no es de un correo") from error


def es_definitivo(error: Exception) -> bool:
    """Whether trying again is of no use: the recipient is refused with 5xx, and not for anything of ours.

    A 5xx to MAIL FROM, to the password or to the message's content is for the office to mend: it waits.
    """
    if isinstance(error, DireccionImposible):
        return True
    if isinstance(error, SMTPRecipientsRefused):
        return all(_del_destinatario(*respuesta, dudoso=True) for respuesta in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return _del_destinatario(error.smtp_code, error.smtp_error, dudoso=False)
    return False


def _del_destinatario(codigo: int, dicho: bytes | str, *, dudoso: bool) -> bool:
    texto = dicho.decode(errors="replace") if isinstance(dicho, bytes) else str(dicho)
    if not 500 <= codigo < 600 or codigo in NUESTROS or REENVIO.search(texto):
        return False
    mejorado = MEJORADO.search(texto)
    if mejorado is None:
        return dudoso
    return mejorado[1] in DEL_DESTINATARIO and mejorado.groups() not in DEL_REMITENTE
