"""A crispy form written fast: its skeleton once in each process, and in it what the person typed.

What it writes is byte for byte what `{% crispy form %}` writes (tests/interfaz/test_esqueleto.py). It knows
no field: the ordinary renderer draws the form once, with a mark for each value and each error, and the marks
are holes. A form that cannot be read so is drawn by the ordinary renderer every time.
"""

import re
from collections.abc import Iterator
from copy import copy
from secrets import token_hex
from sys import intern
from typing import Any

from crispy_forms.utils import render_crispy_form
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BoundField, HiddenInput, RadioSelect, Select, TextInput
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# How many are kept, one for each form and each set of wrong fields; past that, it begins again.
TOPE = 32
MARCA = f"m{token_hex(8)}"  # what no label says and nobody types
# A value, an error, or the place where an option says that it is the chosen one.
HUECO = re.compile(
    rf' value="{MARCA}-(?P<campo>[^"]+)"'
    rf"|{MARCA}(?P<n>\d+)-(?P<error>[^;]+);"
    r'|<select name="(?P<lista>[^"]*)"'
    r'|<option value="(?P<opcion>[^"]*)"[^>]*(?=>)'
    r'|<input type="radio" name="(?P<grupo>[^"]*)" value="(?P<boton>[^"]*)"[^>]*(?=>)'
)
AJENO = re.compile(f"{MARCA}| (?:selected|checked)>")  # a value elsewhere, a fixed choice
_esqueletos: dict[Any, "Esqueleto"] = {}


def escribir(form: Any) -> SafeString:
    """The form's HTML, as its crispy layout says."""
    retenidos: list[Any] = []
    llave = tuple(_estructura(form, retenidos))
    try:
        esqueleto = _esqueletos[llave]
    except TypeError:  # it has something that cannot be compared
        return render_crispy_form(form)
    except KeyError:
        if len(_esqueletos) >= TOPE:
            _esqueletos.clear()
        esqueleto = _esqueletos[llave] = Esqueleto(form, retenidos)
    return esqueleto.llenar(form) if esqueleto.entero else render_crispy_form(form)


def _estructura(form: Any, retenidos: list[Any]) -> Iterator[Any]:
    """What the HTML depends on besides values and words of errors; the options, as they stand now.

    A text to be translated goes by its identity, which the skeleton retains: comparing it would translate it.
    """
    yield from (type(form), _es_de_la_clase(form), form.prefix, form.auto_id, form.label_suffix)
    yield from (form.use_required_attribute, get_language())
    yield from ((nombre, len(errores)) for nombre, errores in form.errors.items())
    for nombre, campo in form.fields.items():
        widget = campo.widget
        retenidos += (campo.label, campo.help_text)
        yield (
            *(nombre, type(campo), type(widget), getattr(widget, "input_type", "")),
            *(texto if isinstance(texto, str) else id(texto) for texto in (campo.label, campo.help_text)),
            *(campo.required, campo.disabled, campo.localize),
            tuple(widget.attrs.items()),
            tuple(getattr(widget, "choices", ())),
        )


def _es_de_la_clase(form: Any) -> bool:
    """Whether the layout is the same for all the forms of its class."""
    return getattr(form, "helper", False) is getattr(type(form), "helper", None)


def _se_entiende(form: Any) -> bool:
    """Whether each control holds one text or one option, and nothing is said of the form as a whole."""
    sencillos = TextInput | HiddenInput | RadioSelect | Select
    return all(
        type(campo) is BoundField
        and isinstance(campo.field.widget, sencillos)
        and not getattr(campo.field.widget, "allow_multiple_selected", False)
        for campo in form
    ) and not (form.prefix or NON_FIELD_ERRORS in form.errors or not _es_de_la_clase(form))


class Esqueleto:
    """The form's HTML in pieces, and which of them are to be filled; `entero`, if each field was found."""

    def __init__(self, form: Any, retenidos: list[Any]) -> None:
        self.retenidos, self.piezas = retenidos, list[str]()
        self.valores, self.errores = list[tuple[str, int]](), list[tuple[str, int, int]]()
        self.opciones: dict[str, tuple[str, dict[str, int]]] = {}
        self.entero = _se_entiende(form) and self._leer(form, render_crispy_form(_marcado(form)))

    def _leer(self, form: Any, html: str) -> bool:
        leido, lista = 0, ""
        for hueco in HUECO.finditer(html):
            marca = hueco["campo"] or hueco["error"]
            self.piezas += (intern(html[leido : hueco.start() if marca else hueco.end()]), "")
            leido, aqui, lista = hueco.end(), len(self.piezas) - 1, hueco["lista"] or lista
            if hueco["campo"]:
                self.valores.append((marca, aqui))
            elif hueco["error"]:
                self.errores.append((marca, int(hueco["n"]), aqui))
            elif hueco["grupo"]:
                botones = self.opciones.setdefault(hueco["grupo"], (" checked", {}))[1]
                botones.setdefault(intern(hueco["boton"]), aqui)
            elif hueco["opcion"] is not None:
                opciones = self.opciones.setdefault(lista, (" selected", {}))[1]
                opciones.setdefault(intern(hueco["opcion"]), aqui)
        self.piezas.append(html[leido:])
        hallados = {nombre for nombre, _ in self.valores} | self.opciones.keys()
        return hallados == form.fields.keys() and not AJENO.search("".join(self.piezas))

    def llenar(self, form: Any) -> SafeString:
        """The HTML of a form with this structure."""
        piezas = self.piezas.copy()
        for nombre, hueco in self.valores:
            if valor := _valor(form, nombre):
                piezas[hueco] = f' value="{conditional_escape(valor)}"'
        for nombre, (dice, opciones) in self.opciones.items():
            if elegida := opciones.get(conditional_escape(_valor(form, nombre))):
                piezas[elegida] = dice
        for nombre, n, hueco in self.errores:
            piezas[hueco] = conditional_escape(form.errors[nombre][n])
        return mark_safe("".join(piezas))  # noqa: S308 - the ordinary renderer's, and what is typed escaped


def _valor(form: Any, nombre: str) -> Any:
    """As its control writes it; None for no attribute at all."""
    valor = form.fields[nombre].widget.format_value(form[nombre].value())
    return valor[0] if isinstance(valor, list) else valor


class _Marcado(BoundField):
    def value(self) -> str:
        return f"{MARCA}-{self.name}"


def _marcado(form: Any) -> Any:
    """The same form with marks instead of what was typed and of what is said of it."""
    marcado = copy(form)
    marcado._bound_fields_cache = {n: _Marcado(marcado, campo, n) for n, campo in form.fields.items()}
    marcado._errors = copy(form.errors)
    for nombre, errores in form.errors.items():
        marcado._errors[nombre] = copy(errores)
        marcado._errors[nombre].data = [f"{MARCA}{n}-{nombre};" for n in range(len(errores))]
    return marcado
