"""Who a name and a password are: one look-up and one password hashed a try, whatever was typed (S37)."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from .models import Usuario


def gastar_una_clave(clave: str = "") -> None:
    """The work of comparing a password, for a try that has none to compare."""
    Usuario().set_password(clave)


def nombre_de_ingreso(credenciales: dict[str, Any]) -> str:
    """The CUI or e-mail among what allauth hands over."""
    return (credenciales.get("email") or credenciales.get("username") or "").lower()


class UnaClavePorIntento(AuthenticationBackend):
    """allauth's, which would compare once for each name that the text could be."""

    def _authenticate(self, request: HttpRequest | None, **credenciales: Any) -> Any:
        """One that never confirmed its address is as if it were not: its right password tells nothing."""
        cuenta = Usuario.objects.de_ingreso(nombre_de_ingreso(credenciales))
        return self._check_password(cuenta, credenciales["password"]) if cuenta else None

    def get_user(self, user_id: int) -> Any:
        """Who comes with a session, with what every page shows of them."""
        cuenta = Usuario.objects.de_la_visita().filter(pk=user_id).first()
        return cuenta if cuenta and self.user_can_authenticate(cuenta) else None
