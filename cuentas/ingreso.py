"""Who a name and a password are: one look-up and one password hashed a try, whatever was typed (S37)."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from .models import Usuario


def gastar_una_clave(clave: str = "") -> None:
    """Hash a password, so that a try at an unknown account takes as long as at a known one."""
    Usuario().set_password(clave)


def nombre_de_ingreso(credenciales: dict[str, Any]) -> str:
    """The CUI or e-mail among what allauth hands over."""
    return (credenciales.get("email") or credenciales.get("username") or "").lower()


class UnaClavePorIntento(AuthenticationBackend):
    """allauth's backend, but with one comparison a try: allauth's makes one for each way to read the name."""

    def _authenticate(self, request: HttpRequest | None, **credenciales: Any) -> Any:
        """An unconfirmed account answers as an unknown one does, even with its right password."""
        cuenta = Usuario.objects.de_ingreso(nombre_de_ingreso(credenciales))
        return self._check_password(cuenta, credenciales["password"]) if cuenta else None

    def get_user(self, user_id: int) -> Any:
        """The person of a session, with the figures that every page shows of them."""
        cuenta = Usuario.objects.de_la_visita().filter(pk=user_id).first()
        return cuenta if cuenta and self.user_can_authenticate(cuenta) else None
