"""Turns a row into words: the mail's two bodies and what the portal shows."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.template.loader import select_template

from ..models import Correo, Mensaje

# What each mail and notice says, and the frame that a mail adds.
PALABRAS, MARCO = "notificaciones/avisos", "notificaciones/correo"


def en_una_linea(texto: str) -> str:
    """The same text; `ValueError` when it could open another header in a mail (S25)."""
    if len(texto.splitlines()) > 1 or texto.endswith(("\r", "\n")):
        raise ValueError("Un encabezado de correo no lleva saltos de línea")
    return texto


def parrafos(mensaje: Mensaje) -> str:
    """The body, paragraphs of plain text parted by blank lines: the same in mail and portal."""
    return _plano(f"{PALABRAS}/{mensaje.plantilla}.txt", _datos(mensaje))


def redactar(correo: Correo) -> EmailMultiAlternatives:
    """The mail in text and HTML, ready to send; its links stand on URL_PUBLICA (S32)."""
    datos = _datos(correo) | {"cuerpo": parrafos(correo)}
    mail = EmailMultiAlternatives(
        subject=en_una_linea(correo.asunto),
        body=_plano(f"{MARCO}/base.txt", datos),
        to=[correo.para],
        headers={"Message-ID": correo.message_id, "Auto-Submitted": "auto-generated"},
    )
    propia = select_template([f"{MARCO}/{correo.plantilla}.html", f"{MARCO}/base.html"])
    mail.attach_alternative(propia.render(datos), "text/html")
    return mail


def _datos(mensaje: Mensaje) -> dict[str, Any]:
    contexto = mensaje.contexto
    return {
        **contexto,
        "asunto": mensaje.asunto,
        "gestion": mensaje.gestion,
        "telefono": settings.TELEFONO_ONSEC,
        "portal": settings.URL_PUBLICA,
        "direccion": settings.URL_PUBLICA + contexto["enlace"] if contexto.get("enlace") else "",
    }


def _plano(plantilla: str, datos: Mapping[str, Any]) -> str:
    """Plain text: nothing is escaped here; whatever HTML carries it escapes it."""
    return Engine.get_default().get_template(plantilla).render(Context(datos, autoescape=False)).strip()
