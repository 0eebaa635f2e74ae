"""The kinds of field of a pension's form: each cleans to the text that is kept and says it for a reader."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cuentas import validadores as personales
from escritura.signos import cifras
from territorio import cui as reglas_cui

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PRIMERA_OPCION = ("", _("[Seleccione algún valor]"))
_AJENA = _("Elija una opción de la lista.")


class CampoTexto(forms.CharField):
    """A line of text. `dato` names it inside the messages: «su dirección de residencia».

    Longer than `maximo` is refused with words, never cut by the browser: hence no `maxlength`.
    """

    def __init__(self, *, dato: "StrOrPromise", maximo: int = 100, **kwargs: Any) -> None:
        self.dato, self.maximo = dato, maximo
        kwargs.setdefault("required", False)
        kwargs.setdefault("error_messages", {"required": _("Escriba %s.") % dato})
        super().__init__(**kwargs)
        self.validators.clear()  # Django's own against NUL: ours names the sign to remove.

    def to_python(self, value: Any) -> str:
        texto = super().to_python(value)
        return self.normalizar(texto) if texto else ""

    def normalizar(self, texto: str) -> str:
        return personales.texto(texto, self.dato, self.maximo)

    def legible(self, valor: str) -> str:
        """What a person reads for that saved text."""
        return valor


class CampoNombreEscrito(CampoTexto):
    """A person's name, kept in capitals."""

    def __init__(
        self, *, maximo: int = personales.MAXIMO_NOMBRE, autocomplete: str = "", **kwargs: Any
    ) -> None:
        atributos = {"class": "mayus"} | ({"autocomplete": autocomplete} if autocomplete else {})
        super().__init__(maximo=maximo, widget=forms.TextInput(atributos), **kwargs)

    def normalizar(self, texto: str) -> str:
        return personales.nombre(texto, self.dato, self.maximo)


class CampoRegla(CampoTexto):
    """A line of text that one rule of `validadores` reads."""

    def __init__(self, *, regla: Callable[[str], str], **kwargs: Any) -> None:
        self.regla = regla
        super().__init__(**kwargs)

    def normalizar(self, texto: str) -> str:
        return self.regla(super().normalizar(texto))


class CampoTelefono(CampoRegla):
    """Kept as +50255551234, shown as 5555-1234 (cui.md §4)."""

    def normalizar(self, texto: str) -> str:
        return super().normalizar(cifras(texto))

    def prepare_value(self, value: Any) -> Any:
        return self.legible(value) if isinstance(value, str) else value

    def legible(self, valor: str) -> str:
        numero = valor.removeprefix("+502")
        return f"{numero[:4]}-{numero[4:]}" if len(valor) == 12 and numero.isdigit() else valor


class CampoIdentificacion(CampoTexto):
    """A CUI is kept as its 13 digits and shown 4-5-4 (cui.md §1); any other number as it is."""

    def normalizar(self, texto: str) -> str:
        return super().normalizar(cifras(texto))

    def prepare_value(self, value: Any) -> Any:
        return self.legible(value) if isinstance(value, str) else value

    def legible(self, valor: str) -> str:
        return reglas_cui.formatear(valor) if len(valor) == 13 and valor.isdigit() else valor


class CampoFechaEscrita(CampoTexto):
    """Kept as aaaa-mm-dd, typed and shown as dd/mm/aaaa, read as dd-mm-aaaa (formatos.md)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(maximo=20, **kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")

    def normalizar(self, texto: str) -> str:
        return personales.fecha(texto).isoformat()

    def prepare_value(self, value: Any) -> Any:
        return personales.fecha_escrita(value)

    def legible(self, valor: str) -> str:
        return f"{dia:%d-%m-%Y}" if (dia := _dia(valor)) else valor


def _dia(valor: Any) -> date | None:
    try:
        return date.fromisoformat(valor)
    except (TypeError, ValueError):
        return None


class Desplegable(forms.Select):
    """A select that writes its options once per catalogue: 340 widgets' templates cost 12 ms a page.

    What it renders is, byte for byte, what `django.forms.Select` renders (a test compares them).
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        elegida = format_html('<option value="{}"', "" if value is None else value)
        opciones = _opciones(tuple(self.choices)).replace(f"{elegida}>", f"{elegida} selected>", 1)
        atributos = _atributos({"name": name, **self.build_attrs(self.attrs, attrs)})
        return mark_safe(f"<select{atributos}>{opciones}\n</select>")  # noqa: S308 - every part is escaped


def _atributos(atributos: dict[str, Any]) -> str:
    """As Django's template writes them, in the order given: `flatatt` would sort them."""
    return "".join(
        format_html(" {}", nombre) if valor is True else format_html(' {}="{}"', nombre, valor)
        for nombre, valor in atributos.items()
        if valor is not False
    )


@lru_cache(maxsize=64)
def _opciones(opciones: tuple) -> str:
    """The options of a select, grouped where a name stands before a tuple of options."""
    return "".join(
        format_html('\n  <optgroup label="{}">', nombre) + _opciones(valor) + "\n  </optgroup>"
        if isinstance(valor, tuple)
        else format_html('\n  <option value="{}">{}</option>\n', nombre, valor)
        for nombre, valor in opciones
    )


class Opciones(BaseChoiceIterator):
    """The first option and those that `leer` gives at each use; as tuples, which `_opciones` remembers."""

    def __init__(self, leer: Callable[[], tuple]) -> None:
        self.leer = leer

    def __copy__(self) -> "Opciones":
        return self  # It holds nothing of its own; each form copies its fields.

    def __deepcopy__(self, _memo: dict) -> "Opciones":
        return self

    def __iter__(self) -> Iterator[tuple]:
        yield PRIMERA_OPCION
        yield from self.leer()


class CampoLista(forms.ChoiceField):
    """A list whose options come from a catalogue; the first one stands for none."""

    widget = Desplegable

    def __init__(self, *, opciones: Callable[[], tuple], dato: "StrOrPromise" = "", **kwargs: Any) -> None:
        self.opciones = opciones
        kwargs.setdefault("required", False)
        super().__init__(
            choices=Opciones(opciones),
            error_messages={"required": _("Elija %s.") % dato, "invalid_choice": _AJENA},
            **kwargs,
        )

    def legible(self, valor: str) -> str:
        """The option's name; the code itself when it is in the list no longer."""
        planas = chain.from_iterable(o if isinstance(o, tuple) else ((n, o),) for n, o in self.opciones())
        return str(dict(planas).get(valor, valor))


class CampoSiNo(forms.ChoiceField):
    """A sworn question: «SI» or «NO», none chosen at first."""

    widget = forms.RadioSelect

    def __init__(self, *, mensaje: "StrOrPromise", **kwargs: Any) -> None:
        super().__init__(
            choices=(("SI", "SI"), ("NO", "NO")),
            error_messages={"required": mensaje, "invalid_choice": mensaje},
            **kwargs,
        )

    def legible(self, valor: str) -> str:
        return valor
