"""The form that every step of a procedure builds on: shape only, never a write nor a query."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from escritura.signos import limpio

from .definicion import ContextoPaso, Grupo


class PasoForm(forms.Form):
    """A step's form.

    It is bound to what was typed *or* to what was saved: `valores()` returns the normalised
    text of every field, which bound again validates and returns itself. `grupos` are what it repeats
    (`tramites/grupos.py`).
    """

    grupos: ClassVar[tuple[Grupo, ...]] = ()

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, contexto: ContextoPaso, **kwargs: Any
    ) -> None:
        self.contexto = contexto
        kwargs.setdefault("label_suffix", "")
        super().__init__(data, **kwargs)

    @classmethod
    def iniciales(cls, contexto: ContextoPaso) -> dict[str, str]:
        """Values with which the step opens before anything was saved."""
        return {}

    def tecleado(self) -> dict[str, str]:
        """What was typed, field by field, valid or not: what a draft keeps, less what nobody sees."""
        return {nombre: _limpio(self.data.get(self.add_prefix(nombre))) for nombre in self.fields}

    @classmethod
    def mostraria(cls, valores: Mapping[str, str]) -> dict[str, str]:
        """What its controls hold on a page that opens with those, as `tecleado` would read it untouched."""
        return {n: _limpio(campo.prepare_value(valores.get(n))) for n, campo in cls.base_fields.items()}

    def valores(self) -> dict[str, str]:
        """The normalised text of every field; only after `is_valid()`."""
        return {
            nombre: "" if (v := self.cleaned_data.get(nombre)) is None else str(v) for nombre in self.fields
        }

    def congelables(self) -> dict[str, str]:
        """`valores()` less what its condition discards when the form is frozen (B3.1)."""
        return self.valores()

    def legibles(self) -> list[tuple[str, str]]:
        """(label, readable text) in the order of the screen, of what `congelables()` keeps."""
        return [(str(self.fields[n].label), v) for n, v in self.congelables().items()]

    def legible(self, campo: str, valor: str) -> str:
        """What a person reads for that text in that field, right or wrong."""
        return valor

    def avisos(self) -> list[str]:
        """Notices that do not stop the person (B1.1, B2.6)."""
        return []


def _limpio(valor: Any) -> str:
    return "" if valor is None else limpio(str(valor)).strip()
