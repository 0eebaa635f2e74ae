"""What every screen shares: icons, state chips, plain-words boxes, dates and the CUI's grouping."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from num2words import num2words

from ceo_portal.interfaz import esqueleto, molde
from ceo_portal.interfaz.iconos import ICONOS
from territorio.cui import formatear
from tramites.definicion import Tramite
from tramites.models import Estado

register = template.Library()

# Class of the chip and icon; the words are the model's.
CHAPAS = {
    Estado.CREACION: ("creacion", "lapiz"),
    Estado.RECIBIDA: ("recibida", "bandeja"),
    Estado.OBSERVADA: ("obs", "alerta"),
    Estado.ADMITIDA: ("admitido", "sello"),
    Estado.ARCHIVADA: ("archivado", "caja"),
}


FIJO = "\N{NO-BREAK SPACE}"
# What is read as one thing, outside tags: a word with its number, a number with its unit.
ENTEROS = re.compile(
    r"\b(?:No\.|Documento|Paso|Ronda) (?=\d)(?![^<]*>)|\b\d+ (?=d[ií]as?\b|meses\b|MB\b)(?![^<]*>)"
)
# A browser parts a line after a hyphen between two figures.
FECHAS = re.compile(r"\b\d+(?:-\d+)+\b(?![^<]*>)")


@register.simple_tag
def icono(nombre: str) -> SafeString:
    """The icon of that name, hidden from assistive technology; `KeyError` if there is none."""
    return mark_safe(  # noqa: S308 - a constant of ours
        f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ICONOS[nombre]}</svg>'
    )


@register.simple_tag
@cache  # five states, and a list shows one in each row
def estado(clave: str) -> SafeString:
    """The chip of a state: icon and words; an observed one also carries «RECHAZADA» (C10)."""
    actual = Estado(clave)
    clase, dibujo = CHAPAS[actual]
    chip = format_html('<span class="estado {}">{}<span>{}</span></span>', clase, icono(dibujo), actual.label)
    if not actual.distintivo:
        return chip
    return format_html(
        '{} <b class="sello">{}</b> <small class="aclara">no es una denegación</small>',
        chip,
        actual.distintivo,
    )


@register.simple_tag
def actual(aqui: str | None, pagina: str, dentro: object = "") -> SafeString:
    """A menu entry's `aria-current`: «page» at one of the addresses named in `pagina`, «true» inside of it.

    `dentro` is what says so: the names of other addresses, or whatever is true there.
    """
    if aqui in pagina.split():
        return mark_safe('aria-current="page"')
    debajo = aqui in dentro.split() if isinstance(dentro, str) else dentro
    return mark_safe('aria-current="true"' if debajo else "")  # noqa: S308 - constants of ours


@register.simple_block_tag
def sencillas(content: str) -> SafeString:
    """The box «En palabras sencillas», which stands before a legal text and never replaces it."""
    return format_html('<div class="sencillo"><b>En palabras sencillas</b>{}</div>', content)


@register.filter
def pasos_en_letras(tramites: Iterable[Tramite]) -> str:
    """How many steps those procedures have: «siete», «de siete a diez»."""
    cuantos = {len(tramite.pasos) for tramite in tramites}
    menos, mas = (num2words(f(cuantos, default=0), lang="es") for f in (min, max))
    return menos if menos == mas else f"de {menos} a {mas}"


@register.filter
def fecha(valor: date | datetime | None) -> str:
    """dd-mm-aaaa, a moment by Guatemala's day; empty for None."""
    if not valor:
        return ""
    return (_local(valor) if isinstance(valor, datetime) else valor).strftime("%d-%m-%Y")


@register.filter
def fecha_hora(valor: datetime | None) -> str:
    """dd-mm-aaaa hh:mm:ss, 24 hours, Guatemala; empty for None."""
    return _local(valor).strftime("%d-%m-%Y %H:%M:%S") if valor else ""


@register.filter
def no(numero: int) -> str:
    """«No. 7», which no line parts."""
    return f"No.{FIJO}{numero}"


@register.filter(needs_autoescape=True)
def sin_partir(texto: object, autoescape: bool = True) -> SafeString:
    """A sentence that came whole: its «No. 7», «Documento 1» or «30 días» and its dates stay in one line."""
    dicho = str(texto)  # a message is no text, and what it says may be safe
    limpio = conditional_escape(dicho) if autoescape else dicho
    junto = ENTEROS.sub(lambda par: par[0].replace(" ", FIJO), limpio)
    return mark_safe(FECHAS.sub(r'<span class="nb">\g<0></span>', junto))  # noqa: S308 - escaped above


@register.filter
def cui(valor: str | None) -> str:
    """The 13 digits grouped 4-5-4, as the DPI shows them; anything else as it came."""
    texto = valor or ""
    return formatear(texto) if len(texto) == 13 else texto


def _local(momento: datetime) -> datetime:
    return timezone.localtime(momento) if timezone.is_aware(momento) else momento


@register.filter
def ancla(campo: BoundField) -> str:
    """Id of the control that an error leads to: the field's own, or its group's first option."""
    return campo.id_for_label or f"{campo.auto_id}_0"


@register.simple_tag
def formulario(form: BaseForm) -> SafeString:
    """The fields of a form, as its crispy layout says and fast: a page of a step is made of little else."""
    return esqueleto.escribir(form)


@register.simple_tag(takes_context=True)
def renglones(context: Context, plantilla: str, filas: Iterable[molde.Renglon]) -> SafeString:
    """The rows of a list, each a `forma` and its `textos`, by their template and fast (`interfaz.molde`)."""
    return molde.escribir(plantilla, filas, str(context.get("csrf_token", "")))


@register.filter
def campo(de_un_form: BoundField) -> SafeString:
    """A field alone, as `as_crispy_field` draws it and fast."""
    return esqueleto.escribir_campo(de_un_form)
