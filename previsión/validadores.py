"""Rules for what a pension's form asks: pure, no ORM, one function a rule.

As in `cuentas.validadores`: each returns the normalised text, which given back returns itself,
or raises a `ValidationError` with the sentence of `mensajes.md` §2 or matriz.md §3.
"""

import re
from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from cuentas.validadores import signo_no_permitido
from escritura.signos import plegado
from territorio import cui as reglas_cui

# The identifications that carry the CUI of the account; the code is the catalogue's.
DPI = ("DPI", "DPIE")
_TELEFONO = re.compile(r"(?:\+?502)?([2-7]\d{7})", re.ASCII)
_ENTRE_CIFRAS = re.compile(r"[\s-]+")
_es_correo = EmailValidator(message=_("Escriba un correo como nombre@ejemplo.com."), code="correo")


def telefono(valor: str) -> str:
    """A Guatemalan number, with or without +502, as +50255551234 (cui.md §4)."""
    hallado = _TELEFONO.fullmatch(_ENTRE_CIFRAS.sub("", valor))
    if not hallado:
        raise ValidationError(_("Escriba los 8 números de su teléfono, por ejemplo 5555-1234."), "telefono")
    return f"+502{hallado[1]}"


def afiliacion_igss(valor: str, codigos: Collection[str]) -> str:
    """Six to thirteen digits; thirteen are a CUI and follow its rule (cui.md §3)."""
    numero = _ENTRE_CIFRAS.sub("", valor)
    if not (numero.isascii() and numero.isdigit() and 6 <= len(numero) <= 13):
        raise ValidationError(_("Escriba entre 6 y 13 números, o deje el campo vacío."), "igss")
    if len(numero) == 13:
        try:
            reglas_cui.validar(numero, codigos)
        except reglas_cui.CuiInvalido:
            raise ValidationError(
                _("Si usa su CUI como afiliación, revise los 13 números."), "igss_cui"
            ) from None
    return numero


def correo(valor: str) -> str:
    """An e-mail address, its letters as typed."""
    plano = plegado(valor)
    _es_correo(plano)
    return plano


def cui(valor: str, codigos: Collection[str]) -> str:
    """The 13 digits of a CUI (mensajes.md §2)."""
    try:
        return reglas_cui.validar(valor, codigos)
    except reglas_cui.CuiInvalido as error:
        raise ValidationError(error.mensaje, error.clave) from None


def identificacion(valor: str, tipo: str, cui_de_la_cuenta: str, codigos: Collection[str]) -> str:
    """The number of an identification of that type (B2.3): a DPI's is the CUI of the account.

    With no type chosen it is read as a CUI, which is what the field's hint asks for.
    """
    if tipo and tipo not in DPI:
        return _otra_identificacion(valor)
    numero = cui(valor, codigos)
    if tipo and numero != cui_de_la_cuenta:
        raise ValidationError(
            _("Este CUI no es el de su cuenta. Escriba el suyo: %(cui)s."),
            "cui_ajeno",
            {"cui": reglas_cui.formatear(cui_de_la_cuenta)},
        )
    return numero


def _otra_identificacion(valor: str) -> str:
    """A passport's or cédula's number: letters, digits, hyphen and space, in capitals."""
    numero = valor.upper()
    for signo in numero:
        if not (signo.isascii() and (signo.isalnum() or signo in " -")) and signo != "Ñ":
            raise signo_no_permitido(signo, _("su identificación"))
    return numero


def municipio_del_departamento(municipio: str, departamento: str) -> None:
    """A municipality's code starts with its department's (B2.4)."""
    if not municipio.startswith(departamento):
        raise ValidationError(
            _("Ese municipio no es del departamento elegido. Elija de nuevo."), "municipio_ajeno"
        )


def nacimiento_de_la_cuenta(nacimiento: date, de_la_cuenta: date | None) -> None:
    """The birth date is the one with which the account was opened (mensajes.md §3)."""
    if de_la_cuenta and nacimiento != de_la_cuenta:
        raise ValidationError(
            _("La fecha no coincide con la de su cuenta. Escriba la que aparece en su DPI."),
            "nacimiento_ajeno",
        )


def entrega_de_cargo(entrega: date, hoy: date) -> None:
    """The day of handing over the post is not after `hoy`, Guatemala's date (B3.1)."""
    if entrega > hoy:
        raise ValidationError(
            _("La fecha de entrega de cargo no puede ser futura. Revísela."), "entrega_futura"
        )
