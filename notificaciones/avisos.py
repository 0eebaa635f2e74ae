"""Which act tells whom, by which road and under which subject (matriz.md §7, mensajes.md §8)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from tramites.models import Estado

Destinatarios = Callable[[Evento], Iterable[Usuario]]


def actor(evento: Evento) -> list[Usuario]:
    """Whoever did it: in the acts on an account, its owner."""
    return [evento.actor] if evento.actor else []


def titular(evento: Evento) -> list[Usuario]:
    """The owner of the Gestión."""
    return [Usuario.objects.get(gestiones__in=[evento.gestion])]


@dataclass(frozen=True, kw_only=True)
class Aviso:
    """A notice; its body is the template `notificaciones/correo/<plantilla>.txt`.

    `asunto` may name `{gestion}`. `boton` labels its only link, which leads to the page named
    `destino`; a page about a Gestión takes its number. `estado` is what the header says.
    """

    plantilla: str
    asunto: str
    destinatarios: Destinatarios = titular
    boton: str = ""
    destino: str = ""
    estado: str = ""
    correo: bool = True
    portal: bool = True

    def contexto(self, evento: Evento) -> dict[str, Any]:
        """What the row keeps to be written: dates of Guatemala in 24 hours, and the link's path."""
        cuando = timezone.localtime(evento.ocurrido_en)
        argumentos = [evento.gestion] if evento.gestion else None
        return {
            "fecha": f"{cuando:%d-%m-%Y}",
            "hora": f"{cuando:%H:%M:%S}",
            "estado": self.estado,
            "boton": self.boton,
            "enlace": reverse(self.destino, args=argumentos) if self.destino else "",
        }


# Told on purpose to nobody.
NINGUNO: tuple[Aviso, ...] = ()

AVISOS: dict[str, tuple[Aviso, ...]] = {
    "cuenta_creada": NINGUNO,  # allauth's mail with the link to confirm already says it
    "cuenta_verificada": (
        Aviso(
            plantilla="cuenta_verificada",
            asunto="Su cuenta del portal CEO está lista",
            destinatarios=actor,
            boton="Ingresar al portal",
            destino="account_login",
        ),
    ),
    "clave_cambiada": (
        Aviso(
            plantilla="clave_cambiada",
            asunto="Cambió la contraseña de su cuenta",
            destinatarios=actor,
            boton="Recuperar mi cuenta",
            destino="account_reset_password",
        ),
    ),
    # The address left behind is told by the adapter, the only one that still knows it.
    "correo_cambiado": (
        Aviso(
            plantilla="correo_nuevo",
            asunto="Este es el nuevo correo de su cuenta",
            destinatarios=actor,
            portal=False,
        ),
        Aviso(
            plantilla="correo_anterior",
            asunto="Cambió el correo de su cuenta",
            destinatarios=actor,
            correo=False,
        ),
    ),
    "segundo_factor_cambiado": (
        Aviso(
            plantilla="segundo_factor_cambiado",
            asunto="Cambió la verificación en dos pasos de su cuenta",
            destinatarios=actor,
        ),
    ),
    "gestion_creada": NINGUNO,
    "paso_guardado": NINGUNO,
    "formulario_confirmado": NINGUNO,
    "documento_cargado": NINGUNO,
    "documento_retirado": NINGUNO,
    "enviada": (
        Aviso(
            plantilla="enviada",
            asunto="Gestión No. {gestion}: recibida",
            boton="Ver mi Gestión",
            destino="gestion",
            estado=Estado.RECIBIDA.label,
        ),
    ),
}
