"""Hears each act and leaves written whom it must tell: rows only, nothing is sent here."""

from typing import Any

from bitacora.models import Evento
from cuentas.models import Usuario

from .avisos import AVISOS, Aviso
from .models import Notificacion
from .salida import depositar


def avisar(sender: Any, evento: Evento, **_: Any) -> None:
    """Insert the act's notices in its own transaction: if the act is undone, so are they."""
    for aviso in AVISOS.get(evento.tipo, ()):
        for persona in aviso.destinatarios(evento):
            _anotar(aviso, evento, persona)


def _anotar(aviso: Aviso, evento: Evento, persona: Usuario) -> None:
    mensaje: dict[str, Any] = {
        "evento": evento,
        "destinatario": persona,
        "gestion": evento.gestion,
        "plantilla": aviso.plantilla,
        "asunto": aviso.asunto.format(gestion=evento.gestion),
        "contexto": aviso.contexto(evento),
    }
    if aviso.portal:
        Notificacion.objects.create(creada_en=evento.ocurrido_en, **mensaje)
    if aviso.correo:
        depositar(para=persona.email, creado_en=evento.ocurrido_en, **mensaje)
