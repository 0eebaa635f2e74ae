"""The forms of the second factor: one code, in one field."""

from typing import Any

from allauth.account.adapter import get_adapter as adaptador_de_cuentas
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from .. import freno
from ..formularios import escriba
from ..models import Usuario
from . import codigos

GRUPO = 4


class CampoCodigo(forms.CharField):
    """A code, typed with or without spaces."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "corto"}
        )
        super().__init__(
            label=_("Código"), error_messages={"required": escriba(_("el código"))}, widget=widget, **kwargs
        )

    def to_python(self, value: Any) -> str:
        return "".join((super().to_python(value) or "").split())


class _ConCodigoForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})


class _ComprobarForm(_ConCodigoForm):
    """The code that proves it is the owner; wrong ones slow down who types them, nobody else (S38)."""

    user: Usuario

    def clean_code(self) -> str:
        codigo: str = self.cleaned_data["code"]
        uso = freno.intentar(context.request, accion="codigo", cuenta=freno.llave(self.user))
        if not uso:
            raise adaptador_de_cuentas().validation_error("too_many_login_attempts")
        for factor in Authenticator.objects.filter(user=self.user):
            if _valida(factor, codigo):
                factor.user = self.user
                self.authenticator = factor
                uso.rollback()
                return codigo
        raise get_adapter().validation_error("incorrect_code")


def _valida(factor: Authenticator, codigo: str) -> bool:
    if factor.type == Authenticator.Type.RECOVERY_CODES:
        return codigos.validar(factor, codigo)
    return factor.wrap().validate_code(codigo)


class CodigoForm(_ComprobarForm, AuthenticateForm):
    """After the password: the application's code, or a recovery code."""

    code = CampoCodigo(help_text=_("6 números de su aplicación, o un código de recuperación."))


class ComprobarCodigoForm(_ComprobarForm, ReauthenticateForm):
    """The code again, before an act that could hand the account to another."""

    code = CampoCodigo(help_text=_("6 números de su aplicación, o un código de recuperación."))


class ActivarForm(_ConCodigoForm, ActivateTOTPForm):
    """The first code shows that the application keeps the key."""

    code = CampoCodigo(help_text=_("6 números de su aplicación."))

    @property
    def clave_legible(self) -> str:
        """The key to type by hand, in groups of four."""
        return " ".join(self.secret[i : i + GRUPO] for i in range(0, len(self.secret), GRUPO))
