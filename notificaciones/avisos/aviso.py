"""What a notice is, and the rows that it becomes: of «Mis Notificaciones» and of the outbox."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cuentas.models import Usuario

from ..models import Correo, Notificacion
from .acto import Acto
from .destinatarios import Destinatarios, actor, analista, titular


def sin_mas(_acto: Acto) -> Mapping[str, Any]:
    """Nothing beyond what every notice says."""
    return {}


def lo_mismo(_acto: Acto, _ahora: datetime) -> Mapping[str, Any]:
    """When it is sent it says what it said when it was owed."""
    return {}


def siempre(_acto: Acto) -> bool:
    """What it tells happened, whatever happens later."""
    return True


@dataclass(frozen=True, kw_only=True)
class Aviso:
    """A notice; its body is the template `notificaciones/avisos/<plantilla>.txt`.

    `asunto` may name `{gestion}` and whatever `datos` gives, which the body takes too; `detalle`
    goes to the portal alone. `vigente` says, when the mail goes out, whether it still has a purpose;
    `al_enviar`, what of `datos` is true by then. `boton` labels its link, which leads to the page
    named `destino`; a page about a Gestión takes its number. `estado` is the header's, when it is not
    the Gestión's.
    """

    plantilla: str
    asunto: str
    destinatarios: Destinatarios = titular
    procede: Callable[[Acto], bool] = siempre
    vigente: Callable[[Acto], bool] = siempre
    al_enviar: Callable[[Acto, datetime], Mapping[str, Any]] = lo_mismo
    datos: Callable[[Acto], Mapping[str, Any]] = sin_mas
    detalle: Callable[[Acto], Mapping[str, Any]] = sin_mas
    boton: str = ""
    destino: str = ""
    estado: str = ""
    por_correo: bool = True
    en_portal: bool = True

    def notificacion(self, acto: Acto, para: Usuario) -> Notificacion:
        """Its row of «Mis Notificaciones», not saved yet."""
        campos = self._campos(acto, {**self.datos(acto), **self.detalle(acto)})
        return Notificacion(destinatario=para, creada_en=acto.evento.ocurrido_en, **campos)

    def correo(self, acto: Acto, para: Usuario, datos: Mapping[str, Any] | None = None) -> Correo:
        """Its row of the outbox, not saved yet; with `datos`, what the act has not written yet."""
        campos = self._campos(acto, self.datos(acto) if datos is None else datos)
        return Correo(destinatario=para, para=para.email, creado_en=acto.evento.ocurrido_en, **campos)

    def _campos(self, acto: Acto, datos: Mapping[str, Any]) -> dict[str, Any]:
        """What both rows keep: dates of Guatemala in 24 hours, and the link's path."""
        cuando, numero = timezone.localtime(acto.evento.ocurrido_en), acto.evento.gestion
        return {
            "evento": acto.evento if acto.evento.pk else None,
            "gestion": numero,
            "plantilla": self.plantilla,
            "asunto": self.asunto.format(gestion=numero, **datos),
            "contexto": {
                "fecha": f"{cuando:%d-%m-%Y}",
                "hora": f"{cuando:%H:%M:%S}",
                "estado": self.estado or (acto.en.get_estado_display() if acto.en else ""),
                "boton": self.boton,
                "enlace": reverse(self.destino, args=[numero] if numero else None) if self.destino else "",
                **datos,
            },
        }


def para_el_titular(plantilla: str, asunto: str, **otros: Any) -> Aviso:
    """A notice to the owner about the Gestión: C of the table."""
    campos: dict[str, Any] = {"boton": "Ver mi Gestión", "destino": "gestion"} | otros
    return Aviso(plantilla=plantilla, asunto=f"Gestión No. {{gestion}}: {asunto}", **campos)


def para_onsec(plantilla: str, asunto: str, destinatarios: Destinatarios = analista, **otros: Any) -> Aviso:
    """A notice to the office about the Gestión, in the portal alone: N of the table."""
    campos: dict[str, Any] = {"boton": "Abrir la Gestión", "destino": "revision", "por_correo": False} | otros
    return Aviso(
        plantilla=plantilla,
        asunto=f"Gestión No. {{gestion}}: {asunto}",
        destinatarios=destinatarios,
        **campos,
    )


def de_una_cuenta(plantilla: str, asunto: str, **otros: Any) -> Aviso:
    """A notice about the account to whoever did it."""
    campos: dict[str, Any] = {"destinatarios": actor} | otros
    return Aviso(plantilla=plantilla, asunto=asunto, **campos)
