"""A crispy form, or a field, written fast: its skeleton once in each process, and what was typed in it.

It is byte for byte what crispy writes (tests/interfaz/test_esqueleto.py), and knows no field: crispy draws it
once with a mark for each value and each error. What cannot be read so is drawn by crispy every time.
"""

import re
from collections.abc import Callable, Collection, Iterator
from copy import copy
from secrets import token_hex
from sys import intern
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from crispy_forms.utils import render_crispy_form
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BoundField, widgets
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

TOPE = 256  # of those kept, one for each form or field and set of wrong ones; past that, it begins again
SENCILLOS = widgets.TextInput | widgets.NumberInput | widgets.HiddenInput | widgets.Textarea
SENCILLOS |= widgets.CheckboxInput | widgets.RadioSelect | widgets.Select
MARCA = f"m{token_hex(8)}"  # what no label says and nobody types
# A value, an error, or the place where a box or an option says that it is the chosen one.
HUECO = re.compile(
    rf' value="{MARCA}-(?P<campo>[^"]+)"'
    rf"|(?<=>\n){MARCA}-(?P<area>[^<]+)(?=</textarea>)"
    rf"|{MARCA}(?P<n>\d+)-(?P<error>[^;]+);"
    r'|(?P<marcada> checked)(?=>)|<select name="(?P<lista>[^"]*)"'
    r'|<option value="(?P<opcion>[^"]*)"[^>]*(?=>)'
    r'|<input type="radio" name="(?P<grupo>[^"]*)" value="(?P<boton>[^"]*)"[^>]*(?=>)'
)
FORMAS = {"campo": ' value="{}"', "area": "{}", "marcada": " checked", "error": "{}"}
AJENO = re.compile(f"{MARCA}| (?:selected|checked)>")  # a value elsewhere, a fixed choice
_esqueletos: dict[Any, "Esqueleto"] = {}


def escribir(form: Any) -> SafeString:
    """The form's HTML, as its crispy layout says."""
    return _escribir(form, form.fields, render_crispy_form)


def escribir_campo(campo: BoundField) -> SafeString:
    """A field alone, as `{{ field|as_crispy_field }}` writes it."""
    return _escribir(campo.form, (campo.name,), lambda form: as_crispy_field(form[campo.name]))


def _escribir(form: Any, campos: Collection[str], dibujar: Callable[[Any], SafeString]) -> SafeString:
    llave = tuple(_estructura(form, campos, retenidos := list[Any]()))
    try:
        esqueleto = _esqueletos.get(llave)
    except TypeError:  # it has something that cannot be compared
        return dibujar(form)
    if esqueleto is None:
        if len(_esqueletos) >= TOPE:
            _esqueletos.clear()
        esqueleto = _esqueletos[llave] = Esqueleto(form, campos, retenidos, dibujar)
    return esqueleto.llenar(form) if esqueleto.entero else dibujar(form)


def _estructura(form: Any, campos: Collection[str], retenidos: list[Any]) -> Iterator[Any]:
    """What the HTML depends on besides values and words of errors; the options, as they stand now."""
    yield from (campos is form.fields, _es_comun(form, campos), type(form), form.prefix, form.auto_id)
    yield from (form.label_suffix, form.use_required_attribute, get_language())
    for nombre in campos:
        campo, widget = form.fields[nombre], form.fields[nombre].widget
        retenidos += (campo.label, campo.help_text)  # known by identity: to compare them translates them
        yield (
            *(nombre, type(campo), type(widget), getattr(widget, "input_type", "")),
            *(texto if isinstance(texto, str) else id(texto) for texto in (campo.label, campo.help_text)),
            *(campo.required, campo.disabled, campo.localize, len(form.errors.get(nombre, ()))),
            *(tuple(widget.attrs.items()), tuple(getattr(widget, "choices", ()))),
        )


def _es_comun(form: Any, campos: Collection[str]) -> bool:
    """Whether it has the layout of its class, and nothing is said there of the form as a whole."""
    propio = getattr(form, "helper", None) is not getattr(type(form), "helper", None)
    return not propio and not (campos is form.fields and NON_FIELD_ERRORS in form.errors)


def _se_entiende(campo: BoundField) -> bool:
    varios = getattr(campo.field.widget, "allow_multiple_selected", False)
    return type(campo) is BoundField and isinstance(campo.field.widget, SENCILLOS) and not varios


class Esqueleto:
    """The HTML in pieces, and which of them are to be filled; `entero`, if each field was found."""

    def __init__(self, form: Any, campos: Collection[str], retenidos: list[Any], dibujar: Any) -> None:
        self.retenidos, self.piezas = retenidos, list[str]()
        self.textos: list[tuple[str, str, str | None, int]] = []
        self.opciones: dict[str, tuple[str, dict[str, int]]] = {}
        nombres = {form.add_prefix(nombre): nombre for nombre in campos}
        claro = _es_comun(form, campos) and all(_se_entiende(form[n]) for n in campos)
        self.entero = claro and self._leer(dibujar(_marcado(form)), nombres)

    def _leer(self, html: str, nombres: dict[str, str]) -> bool:
        leido, lista, campo = 0, "", ""
        for hueco in HUECO.finditer(html):
            clase, campo = hueco.lastgroup or "", hueco["campo"] or hueco["area"] or campo
            self.piezas += (intern(html[leido : hueco.start() if clase in FORMAS else hueco.end()]), "")
            leido, aqui, lista = hueco.end(), len(self.piezas) - 1, hueco["lista"] or lista
            if clase in FORMAS:
                self.textos.append((hueco["error"] or campo, FORMAS[clase], hueco["n"], aqui))
            elif clase != "lista":
                dice, grupo = (" checked", hueco["grupo"]) if clase == "boton" else (" selected", lista)
                opciones = self.opciones.setdefault(nombres.get(grupo, ""), (dice, {}))[1]
                opciones.setdefault(intern(hueco[clase]), aqui)
        self.piezas.append(html[leido:])
        hallados = {nombre for nombre, _, n, _ in self.textos if n is None} | self.opciones.keys()
        return hallados == {*nombres.values()} and not AJENO.search("".join(self.piezas))

    def llenar(self, form: Any) -> SafeString:
        """The HTML of a form with this structure."""
        piezas = self.piezas.copy()
        for nombre, forma, n, hueco in self.textos:
            if (dicho := form.errors[nombre][int(n)] if n else _valor(form, nombre, forma)) is not None:
                piezas[hueco] = forma.format(conditional_escape(dicho))
        for nombre, (dice, opciones) in self.opciones.items():
            if elegida := opciones.get(conditional_escape(_valor(form, nombre))):
                piezas[elegida] = dice
        return mark_safe("".join(piezas))  # noqa: S308 - the ordinary renderer's, and what is typed escaped


def _valor(form: Any, nombre: str, forma: str = "") -> Any:
    """As its control writes it; None for no attribute at all."""
    widget, dicho = form.fields[nombre].widget, form[nombre].value()
    if forma == FORMAS["marcada"]:
        return widget.check_test(dicho) or None
    valor = widget.format_value(dicho)
    return valor[0] if isinstance(valor, list) else valor


class _Marcado(BoundField):
    def value(self) -> str:
        return f"{MARCA}-{self.name}"


def _marcado(form: Any) -> Any:
    """The same form with marks instead of what was typed and of what is said of it."""
    marcado = copy(form)
    marcado._bound_fields_cache = {n: _Marcado(marcado, campo, n) for n, campo in form.fields.items()}
    marcado._errors = copy(form.errors)
    for nombre, errores in marcado._errors.items():
        marcado._errors[nombre] = copy(errores)
        marcado._errors[nombre].data = [f"{MARCA}{n}-{nombre};" for n in range(len(errores))]
    return marcado
