"""The form of a step that repeats something: so many children, so many services (motor.md §3, MO3)."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from .definicion import BASE, ContextoPaso, Grupo
from .formularios import PasoForm

ORDEN, ULTIMO = "orden", "ultimo"


class GruposForm(PasoForm):
    """A step's form whose fields are its own and those of each element that stands.

    An element's are called by their key in what is kept, `hijos.3.nacimiento`. Which elements stand
    (`hijos.orden`) is never typed: it is what was saved, and `agregado` and `quitado` alone change it.
    """

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, contexto: ContextoPaso, **kwargs: Any
    ) -> None:
        super().__init__(data, contexto=contexto, **kwargs)
        for grupo in self.grupos:
            for clave in (ORDEN, ULTIMO):
                self.fields[f"{grupo.clave}.{clave}"] = forms.CharField(
                    required=False, widget=forms.HiddenInput
                )
            for ordinal in self.ordinales(grupo):
                self.fields |= _campos(grupo, ordinal)

    @classmethod
    def iniciales(cls, contexto: ContextoPaso) -> dict[str, str]:
        """Each group opens with as many as it must have."""
        iniciales = super().iniciales(contexto)
        for grupo in cls.grupos:
            ordinales = range(1, grupo.minimo + 1)
            iniciales |= _en_orden(grupo, ordinales, grupo.minimo)
        return iniciales

    def ordinales(self, grupo: Grupo) -> tuple[int, ...]:
        """The numbers of its elements, in their order on the page."""
        return grupo.ordinales(self.data if self.is_bound else self.initial)

    def full_clean(self) -> None:
        """Each element is judged by its own form, whose words stand beside its fields."""
        super().full_clean()
        if not self.is_bound:
            return
        for grupo in self.grupos:
            for ordinal in self.ordinales(grupo):
                self._juzgar(grupo, ordinal)
            if len(self.ordinales(grupo)) < grupo.minimo:
                self.add_error(None, ValidationError(f"Agregue al menos {grupo.singular}.", "grupo_vacio"))

    def _juzgar(self, grupo: Grupo, ordinal: int) -> None:
        prefijo = f"{grupo.clave}.{ordinal}."
        elemento = grupo.elemento(grupo.de(self.data, ordinal), contexto=self.contexto)
        for campo in elemento.fields:
            self.errors.pop(f"{prefijo}{campo}", None)
        for campo, errores in elemento.errors.items():
            # What is said of an element as a whole is said beside its first field.
            suyo = next(iter(elemento.fields)) if campo == NON_FIELD_ERRORS else campo
            self.add_error(f"{prefijo}{suyo}", errores.as_data())
        self.cleaned_data |= {f"{prefijo}{campo}": valor for campo, valor in elemento.cleaned_data.items()}

    def legibles(self) -> list[tuple[str, str]]:
        """Without the order of the groups, which nobody reads."""
        tecnicos = {f"{grupo.clave}.{clave}" for grupo in self.grupos for clave in (ORDEN, ULTIMO)}
        return [
            (str(self.fields[n].label), self.legible(n, v))
            for n, v in self.congelables().items()
            if n not in tecnicos
        ]


def _campos(grupo: Grupo, ordinal: int) -> dict[str, forms.Field]:
    """The fields of an element, their labels told apart from those of the others (MO18)."""
    campos = {}
    for clave, campo in grupo.elemento.base_fields.items():
        suyo = deepcopy(campo)
        suyo.label = f"{grupo.rotulo} {ordinal} · {campo.label}"
        campos[f"{grupo.clave}.{ordinal}.{clave}"] = suyo
    return campos


def _en_orden(grupo: Grupo, ordinales: Any, ultimo: int) -> dict[str, str]:
    return {
        f"{grupo.clave}.{ORDEN}": ",".join(map(str, ordinales)),
        f"{grupo.clave}.{ULTIMO}": str(ultimo),
    }


def agregado(grupo: Grupo, valores: Mapping[str, str]) -> dict[str, str]:
    """Those values with one more element, of a number that none ever had; `ValidationError` when full."""
    ordinales, escrito = grupo.ordinales(valores), valores.get(f"{grupo.clave}.{ULTIMO}", "")[:4]
    ultimo = max(*ordinales, int(escrito) if escrito.isascii() and escrito.isdigit() else 0, 0) + 1
    if len(ordinales) >= grupo.maximo or ultimo >= BASE:
        raise ValidationError(grupo.lleno, "grupo_lleno")
    return dict(valores) | _en_orden(grupo, (*ordinales, ultimo), ultimo)


def quitado(grupo: Grupo, valores: Mapping[str, str], ordinal: int) -> dict[str, str]:
    """Those values without that element, whose number is not used again."""
    quedan = [n for n in grupo.ordinales(valores) if n != ordinal]
    prefijo = f"{grupo.clave}.{ordinal}."
    otros = {c: v for c, v in valores.items() if not c.startswith(prefijo)}
    return otros | {f"{grupo.clave}.{ORDEN}": ",".join(map(str, quedan))}
