"""How the accounts' mails leave: allauth asks for a mail and gets a row in the outbox."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse

from cuentas.adaptador import Adaptador

from ..models import Correo
from .salida import depositar


@dataclass(frozen=True, kw_only=True)
class CorreoDeCuenta:
    """A mail of the accounts; `direccion` finds its one link in what allauth hands over."""

    plantilla: str
    asunto: str
    boton: str = ""
    direccion: Callable[[dict[str, Any]], str] = lambda _: ""


CONFIRMAR = CorreoDeCuenta(
    plantilla="confirmar_correo",
    asunto="Confirme su correo en el portal CEO",
    boton="Confirmar mi correo",
    direccion=itemgetter("activate_url"),
)
INTENTO = CorreoDeCuenta(
    plantilla="intento_registro",
    asunto="Intento de crear una cuenta",
    boton="Ingresar al portal",
    direccion=lambda _: reverse("account_login"),
)
CORREO_ANTERIOR = "account/email/email_changed"

# Every mail that allauth or `cuentas` asks for, by its template prefix; None: it is not sent.
CORREOS: dict[str, CorreoDeCuenta | None] = {
    "account/email/email_confirmation_signup": CONFIRMAR,
    "account/email/email_confirmation": CONFIRMAR,
    "account/email/password_reset_key": CorreoDeCuenta(
        plantilla="recuperar",
        asunto="Recupere su contraseña",
        boton="Recuperar mi contraseña",
        direccion=itemgetter("password_reset_url"),
    ),
    "account/email/account_already_exists": INTENTO,
    "account/email/unknown_account": None,  # a stranger's mailbox is told nothing
    CORREO_ANTERIOR: CorreoDeCuenta(plantilla="correo_anterior", asunto="Cambió el correo de su cuenta"),
    "cuentas/correo/confirmar_registro": CONFIRMAR,
    "cuentas/correo/intento_registro": INTENTO,
    "cuentas/correo/invitacion": CorreoDeCuenta(
        plantilla="invitacion",
        asunto="Elija su contraseña del portal CEO",
        boton="Elegir mi contraseña",
        direccion=itemgetter("password_reset_url"),
    ),
    "cuentas/correo/registro_no_posible": CorreoDeCuenta(
        plantilla="registro_no_posible", asunto="Intento de crear una cuenta"
    ),
}


class AdaptadorCuentas(Adaptador):
    """The accounts' rules, and their mails through the outbox: nothing is sent inside the request."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail of that prefix. `KeyError` for one that nobody has worded."""
        correo = CORREOS[template_prefix]
        if correo is None:
            return
        fila = Correo(
            para=email,
            destinatario=context.get("user"),
            plantilla=correo.plantilla,
            asunto=correo.asunto,
            contexto={"boton": correo.boton, "enlace": solo_ruta(correo.direccion(context))},
        )
        depositar([fila])

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Only the warning to the address left behind: our events tell the rest (avisos/tabla.py)."""
        if template_prefix == CORREO_ANTERIOR and email:
            self.send_mail(template_prefix, email, {"user": user})


def solo_ruta(direccion: str) -> str:
    """The path of an address, whatever host the request claimed: the portal's own is put at sending (S32)."""
    return urlsplit(direccion)._replace(scheme="", netloc="").geturl()
