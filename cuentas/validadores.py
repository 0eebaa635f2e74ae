"""Rules for what a person writes of themselves (text, names, dates): pure, no ORM, one function a rule.

Each returns the normalised text (or date), which given back returns itself, or raises a
`ValidationError` with the sentence of `mensajes.md` §3. `dato` names the datum inside that
sentence: «su primer apellido».
"""

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from escritura.signos import cifras, limpio, plegado

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAYORIA_DE_EDAD = 18
MAXIMO_NOMBRE = 60

# Apostrophes are letters in Mayan names and the diaeresis may stand on any of their letters (cui.md §5).
_SIGNOS_DE_NOMBRE = frozenset(" -'\u0308")
# Some telephones' numeric keypads have no «/»: 31121980 will do, and other signs between the numbers.
_FECHA = re.compile(
    r"(\d{1,2})(\s+|\s*[/.-]\s*)(\d{1,2})\2(\d{4})|(\d{4})-(\d{2})-(\d{2})|(\d{2})(\d{2})(\d{4})",
    re.ASCII,
)


def texto(valor: str, dato: "StrOrPromise", maximo: int) -> str:
    """One line of text in NFC, single-spaced and without invisible marks; control characters are refused."""
    crudo = unicodedata.normalize("NFC", valor.strip())
    if len(crudo) > maximo:
        raise ValidationError(
            _("Escriba %(max)d letras o menos. Ahora tiene %(n)d."), "largo", {"max": maximo, "n": len(crudo)}
        )
    for signo in crudo:
        if unicodedata.category(signo) == "Cc":
            raise signo_no_permitido(f"U+{ord(signo):04X}", dato)
    return unicodedata.normalize("NFC", " ".join(limpio(crudo).split()))


def nombre(valor: str, dato: "StrOrPromise", maximo: int = MAXIMO_NOMBRE) -> str:
    """A person's name or surname, in capitals: letters, one apostrophe, one hyphen and space."""
    en_mayusculas = texto(plegado(texto(valor, dato, maximo)).upper(), dato, maximo)
    for signo in en_mayusculas:
        if not (signo in _SIGNOS_DE_NOMBRE or unicodedata.name(signo, "").startswith("LATIN ")):
            raise signo_no_permitido(signo, dato)
    if en_mayusculas and not any(c.isalpha() for c in en_mayusculas):
        raise signo_no_permitido(en_mayusculas[0], dato)
    return en_mayusculas


def fecha(valor: str) -> date:
    """The date written as 31/12/1980, with - . or spaces, 31121980 or 1980-12-31, from the year 1900 on."""
    hallada = _FECHA.fullmatch(cifras(valor).strip())
    if not hallada:
        raise ValidationError(_("Escriba la fecha así: 31/12/1980."), "fecha")
    dia, _signo, mes, anio, anio_iso, mes_iso, dia_iso, dia_junto, mes_junto, anio_junto = hallada.groups()
    escrito = int(anio or anio_iso or anio_junto)
    if escrito < 1900:
        raise ValidationError(_("Escriba la fecha así: 31/12/1980."), "fecha")
    try:
        return date(escrito, int(mes or mes_iso or mes_junto), int(dia or dia_iso or dia_junto))
    except ValueError:
        raise ValidationError(
            _("Esa fecha no existe en el calendario. Revise el día y el mes."), "fecha_inexistente"
        ) from None


def fecha_escrita(valor: object) -> object:
    """That date, or the text that is one, as dd/mm/aaaa; anything else as it came."""
    try:
        dia = fecha(valor) if isinstance(valor, str) else valor
    except ValidationError:
        return valor
    return f"{dia:%d/%m/%Y}" if isinstance(dia, date) else dia


def mayor_de_edad(nacimiento: date, hoy: date) -> None:
    """At least eighteen complete years on `hoy`, Guatemala's date (A2, B2.3)."""
    cumplidos = hoy.year - nacimiento.year - ((hoy.month, hoy.day) < (nacimiento.month, nacimiento.day))
    if cumplidos < MAYORIA_DE_EDAD:
        raise ValidationError(_("Debe tener 18 años o más para usar este portal."), "menor_de_edad")


def signo_no_permitido(signo: str, dato: "StrOrPromise") -> ValidationError:
    """The error that names the sign to remove."""
    return ValidationError(_("Quite el signo «%(c)s» de %(dato)s."), "signo", {"c": signo, "dato": dato})
