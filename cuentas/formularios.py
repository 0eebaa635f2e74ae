"""The forms of the accounts: labels of contrato.md, messages of mensajes.md; shape only, no writes."""

from datetime import date
from typing import Any

from allauth.account import app_settings as allauth_settings
from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from escritura import correo as regla_correo
from escritura.signos import cifras
from territorio import cui as regla_cui
from territorio.consultas import codigos_municipios

from . import claves, validadores
from .acciones import recuperar
from .ingreso import gastar_una_clave
from .models import Usuario

LARGO = _("Escriba %(limit_value)d letras o menos. Ahora tiene %(show_value)d.")
CORREO_MAL = _("Escriba un correo como nombre@ejemplo.com.")
CLAVES_DISTINTAS = _("Las dos contraseñas no son iguales. Escríbalas otra vez.")
SU_CLAVE = _("su contraseña")
CUI_O_CORREO = _("CUI o correo electrónico")


def escriba(dato: Any) -> Any:
    """The sentence for a field left empty."""
    return format_lazy(_("Escriba {dato}."), dato=dato)


class CampoClave(forms.CharField):
    """A password, exactly as typed or pasted."""

    def __init__(self, *, label: Any, autocomplete: str, dato: Any = SU_CLAVE, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": escriba(dato)})
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(label=label, strip=False, widget=widget, **kwargs)


class CampoCorreo(forms.EmailField):
    """An e-mail address, with the one spelling of its mailbox."""

    def __init__(self, **kwargs: Any) -> None:
        avisos = {"required": escriba(_("su correo electrónico")), "invalid": CORREO_MAL, "max_length": LARGO}
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        super().__init__(max_length=254, error_messages=avisos, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        return regla_correo.normal(super().to_python(value) or "")


class CampoFecha(forms.CharField):
    """A date in one text field, as everywhere in the portal (contrato.md), shown back as dd/mm/aaaa."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("dd/mm/aaaa"))
        super().__init__(**kwargs)
        # The control's limit: the field's own would measure the date that the text became.
        self.widget.attrs |= {"maxlength": 20, "inputmode": "numeric"}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        texto = super().to_python(value) or ""
        return validadores.fecha(texto) if texto else None

    def prepare_value(self, value: Any) -> Any:
        return validadores.fecha_escrita(value)


class CampoCui(forms.CharField):
    """A CUI as people type it: the digits of any keyboard."""

    def to_python(self, value: Any) -> str:
        return cifras(super().to_python(value) or "")


class CampoNombre(forms.CharField):
    """A name or surname as the DPI has it, in capitals."""

    def __init__(self, *, dato: Any, autocomplete: str = "", **kwargs: Any) -> None:
        self.dato = dato
        atributos = {"class": "mayus"} | ({"autocomplete": autocomplete} if autocomplete else {})
        widget = forms.TextInput(attrs=atributos)
        super().__init__(error_messages={"required": escriba(dato)}, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        return validadores.nombre(super().to_python(value) or "", self.dato)


class CuiForm(forms.Form):
    """The CUI of one of the staff."""

    cui = CampoCui(
        label=_("CUI (número de DPI)"),
        help_text=_("13 números. Está al frente de su DPI."),
        error_messages={"required": regla_cui.MENSAJES["vacio"]},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})

    def clean_cui(self) -> str:
        return cui_valido(self.cleaned_data["cui"])


def cui_valido(texto: str) -> str:
    """Its thirteen digits; ValidationError with the sentence of what fails (cui.md)."""
    try:
        return regla_cui.validar(texto, codigos_municipios())
    except regla_cui.CuiInvalido as causa:
        raise ValidationError(causa.mensaje, causa.clave) from causa


class RegistroForm(forms.Form):
    """A citizen's registration. `hoy` is Guatemala's date, on which the person must be of age (A2)."""

    cui = CampoCui(
        label=_("CUI (número de DPI)"),
        help_text=_("13 números. Está al frente de su DPI."),
        error_messages={"required": regla_cui.MENSAJES["vacio"]},
        widget=forms.TextInput(attrs={"autocomplete": "username", "inputmode": "numeric"}),
    )
    fecha_nacimiento = CampoFecha(
        label=_("Fecha de nacimiento"),
        error_messages={"required": escriba(_("su fecha de nacimiento"))},
        widget=forms.TextInput(attrs={"autocomplete": "bday"}),
    )
    primer_nombre = CampoNombre(
        label=_("Primer nombre"), dato=_("su primer nombre"), autocomplete="given-name"
    )
    segundo_nombre = CampoNombre(
        label=_("Segundo nombre"), dato=_("su segundo nombre"), autocomplete="additional-name", required=False
    )
    primer_apellido = CampoNombre(
        label=_("Primer apellido"), dato=_("su primer apellido"), autocomplete="family-name"
    )
    segundo_apellido = CampoNombre(label=_("Segundo apellido"), dato=_("su segundo apellido"), required=False)
    correo = CampoCorreo(
        label=_("Correo electrónico"), help_text=_("Aquí le avisaremos de cada cambio en su trámite.")
    )
    clave = CampoClave(label=_("Contraseña"), autocomplete="new-password")
    clave_repetida = CampoClave(
        label=_("Repita la contraseña"),
        autocomplete="new-password",
        dato=_("la contraseña otra vez"),
        help_text=_("Puede pegarla."),
    )
    terminos = forms.BooleanField(
        label=_("He leído y acepto los términos de uso y condiciones"),
        error_messages={"required": _("Marque que leyó y acepta los términos de uso y condiciones.")},
    )
    privacidad = forms.BooleanField(
        label=_("He leído el aviso de privacidad"),
        error_messages={"required": _("Marque que leyó el aviso de privacidad.")},
    )
    sabe_leer = forms.BooleanField(
        label=_("Declaro que sé leer y escribir"),
        help_text=_("Leer con lector de pantalla, con lupa o en braille también cuenta."),
        required=False,
    )

    # What the account keeps, by its name in the model.
    DATOS = (
        "cui",
        "fecha_nacimiento",
        "primer_nombre",
        "segundo_nombre",
        "primer_apellido",
        "segundo_apellido",
    )

    def __init__(self, *args: Any, hoy: date, **kwargs: Any) -> None:
        self.hoy = hoy
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        self.fields["clave"].help_text = _ayuda_de_clave(None)

    def clean_cui(self) -> str:
        try:
            return regla_cui.validar(self.cleaned_data["cui"], codigos_municipios())
        except regla_cui.CuiInvalido as causa:
            raise ValidationError(causa.mensaje, causa.clave) from causa

    def clean_fecha_nacimiento(self) -> date:
        nacimiento: date = self.cleaned_data["fecha_nacimiento"]
        validadores.mayor_de_edad(nacimiento, self.hoy)
        return nacimiento

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or self.cleaned_data
        clave, repetida = datos.get("clave"), datos.get("clave_repetida")
        if clave and repetida and claves.normal(clave) != claves.normal(repetida):
            self.add_error("clave_repetida", CLAVES_DISTINTAS)
        if clave:
            try:
                validate_password(clave, self._persona())
            except ValidationError as error:
                self.add_error("clave", error)
        return datos

    def datos(self) -> dict[str, Any]:
        """What identifies the person; only after `is_valid()`."""
        return {nombre: self.cleaned_data[nombre] for nombre in self.DATOS}

    def _persona(self) -> Usuario:
        conocidos = {n: v for n in self.DATOS if (v := self.cleaned_data.get(n))}
        return Usuario(tipo=Usuario.Tipo.CIUDADANO, email=self.cleaned_data.get("correo") or "", **conocidos)


class CorreoDelRegistroForm(forms.Form):
    """The address where the mail that confirms a registration goes."""

    correo = CampoCorreo(label=_("Correo electrónico"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})


class _AllauthForm(forms.Form):
    """Strips from allauth's forms what our template pack says in its own way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        for campo in self.fields.values():
            campo.widget.attrs.pop("placeholder", None)


class IngresoForm(_AllauthForm, allauth_forms.LoginForm):
    """Sign-in by CUI, with or without spaces and hyphens, or by e-mail."""

    password = CampoClave(label=_("Contraseña"), autocomplete="current-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = _campo_cui_o_correo()

    def clean(self) -> dict[str, Any] | None:
        if self.errors:  # nothing to compare, and yet it costs the same
            gastar_una_clave()
        return super().clean()

    def clean_login(self) -> str:
        return _cui_o_correo(self.cleaned_data["login"])


class RecuperarForm(_AllauthForm, allauth_forms.ResetPasswordForm):
    """Recovery by CUI or e-mail; the mail only ever goes to the account's own address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _campo_cui_o_correo()

    def clean_email(self) -> str:
        return _cui_o_correo(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        recuperar.pedir(self.cleaned_data["email"], ahora=timezone.now())
        return self.cleaned_data["email"]


class _ConClaveNuevaForm(_AllauthForm):
    """A new password typed twice."""

    user: Usuario

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _ayuda_de_clave(self.user)

    def clean(self) -> dict[str, Any]:
        datos = forms.Form.clean(self) or self.cleaned_data
        clave, repetida = datos.get("password1"), datos.get("password2")
        if clave and repetida and claves.normal(clave) != claves.normal(repetida):
            self.add_error("password2", CLAVES_DISTINTAS)
        return datos


def _clave_nueva() -> forms.Field:
    avisos = {"required": escriba(_("su contraseña nueva"))}
    return allauth_forms.SetPasswordField(label=_("Contraseña nueva"), error_messages=avisos)


def _clave_repetida() -> CampoClave:
    return CampoClave(
        label=_("Repita la contraseña"), autocomplete="new-password", dato=_("la contraseña otra vez")
    )


class ClaveNuevaForm(_ConClaveNuevaForm, allauth_forms.ResetPasswordKeyForm):
    """The last step of recovery."""

    password1 = _clave_nueva()
    password2 = _clave_repetida()


class CambiarClaveForm(_ConClaveNuevaForm, allauth_forms.ChangePasswordForm):
    """Change of password from inside."""

    oldpassword = CampoClave(
        label=_("Contraseña actual"), autocomplete="current-password", dato=_("su contraseña actual")
    )
    password1 = _clave_nueva()
    password2 = _clave_repetida()


class CambiarCorreoForm(_AllauthForm, allauth_forms.AddEmailForm):
    """A new address, in force once confirmed from its mailbox."""

    email = CampoCorreo(label=_("Correo electrónico nuevo"))


class ConfirmarClaveForm(_AllauthForm, allauth_forms.ReauthenticateForm):
    """The password again, before an act that could hand the account to another."""

    password = CampoClave(label=_("Contraseña"), autocomplete="current-password")


def _campo_cui_o_correo() -> forms.CharField:
    return forms.CharField(
        label=CUI_O_CORREO,
        max_length=allauth_settings.EMAIL_MAX_LENGTH,
        error_messages={"required": escriba(_("su CUI o su correo electrónico")), "max_length": LARGO},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


def _cui_o_correo(texto: str) -> str:
    """The name to sign in with: an e-mail in its one spelling, or the CUI's digits alone."""
    plano = regla_correo.normal(texto)
    return plano if "@" in plano else regla_cui.normalizar(cifras(texto))


def _ayuda_de_clave(usuario: Usuario | None) -> Any:
    return format_lazy(
        _("{min} caracteres o más. Puede usar una frase, con espacios."), min=claves.minimo(usuario)
    )
