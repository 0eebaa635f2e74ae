"""Motives of a previo and the parts of its cases: what is listed, and where it is offered."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tramites import registro
from tramites.definicion import Tramite

from ..catalogos.casos import (
    DE_TRAMITE,
    EN_DOCUMENTOS,
    EN_PASOS,
    GENERAL,
    catalogo_de,
    lugar_de,
    lugar_de_paso,
    tramite_de,
)
from ..catalogos.models import ListaDeRevision
from ..models import Opcion, Razon
from .listas import OpcionAdmin, OpcionForm, PorDias, por_lista

EN_GENERAL: list[tuple[str, Any]] = [
    (GENERAL, _("En todos los pasos y documentos")),
    (EN_DOCUMENTOS, _("En todos los documentos")),
    (EN_PASOS, _("En todos los pasos")),
]


def lugares() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Where a part of a Caso de Previo is offered: in every procedure, or in one and there in a place."""
    de_uno = [
        (tramite.nombre, [(f"{tramite.clave}{DE_TRAMITE}{lugar}", dice) for lugar, dice in _de(tramite)])
        for tramite in registro.todos()
    ]
    return [(_("Todos los trámites"), EN_GENERAL), *de_uno]


def _de(tramite: Tramite) -> list[tuple[str, Any]]:
    """The places of a procedure, the general ones first."""
    pasos = [(lugar_de_paso(p), f"Paso {p.numero}. {p.nombre}") for p in tramite.formularios]
    renglones = [(str(r.numero), f"Documento {r.numero}. {r.nombre}") for r in tramite.requisitos]
    return [*EN_GENERAL, *pasos, *renglones]


class RazonForm(OpcionForm):
    """A reason: its catalogue and its code say where it is offered (catalogos/casos.py)."""

    catalogos = ListaDeRevision
    lugar = forms.ChoiceField(
        label=_("Dónde se ofrece"),
        choices=lugares,
        initial=GENERAL,
        help_text=_("Un motivo de envío es de toda la Gestión: no depende del lugar."),
    )

    # Before the order, which is looked for in the catalogue of the place.
    field_order = ("catalogo", "lugar")

    class Meta(OpcionForm.Meta):
        model = Razon
        fields: Any = ("catalogo", "nombre", "orden", "vigente_desde", "vigente_hasta")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.anterior:
            del self.fields["lugar"]

    def clean_nombre(self) -> str:
        """In capitals, as the previo prints it."""
        return self.cleaned_data["nombre"].upper()

    def clean_lugar(self) -> str:
        """The place in its procedure, whose catalogue the row takes; a motive has neither."""
        clave, _dos_puntos, lugar = self.cleaned_data["lugar"].rpartition(DE_TRAMITE)
        lista = self.cleaned_data.get("catalogo")
        if lista and lista != ListaDeRevision.MOTIVO:
            self.cleaned_data["catalogo"] = catalogo_de(lista, clave)
        return lugar

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if not self.instance.codigo and datos.get("catalogo") and datos.get("lugar"):
            self.instance.codigo = _codigo_libre(datos["catalogo"], datos["lugar"])
        return datos


def _codigo_libre(catalogo: str, lugar: str) -> str:
    """The next code of that place; of the whole list for a motive, which belongs to no place."""
    prefijo = "" if catalogo == ListaDeRevision.MOTIVO else f"{lugar}."
    filas = Opcion.objects.filter(catalogo=catalogo, codigo__startswith=prefijo)
    usados = [codigo.removeprefix(prefijo) for codigo in filas.values_list("codigo", flat=True)]
    return f"{prefijo}{max((int(n) for n in usados if n.isdecimal()), default=0) + 1}"


class PorTramite(admin.SimpleListFilter):
    """Of one procedure, or common to all."""

    title = _("trámite")
    parameter_name = "tramite"
    COMUNES = "comunes"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [(self.COMUNES, _("Comunes a todos")), *((t.clave, t.nombre) for t in registro.todos())]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == self.COMUNES:
            return queryset.exclude(catalogo__contains=DE_TRAMITE)
        return queryset.filter(catalogo__endswith=f"{DE_TRAMITE}{self.value()}") if self.value() else queryset


@admin.register(Razon)
class RazonAdmin(OpcionAdmin):
    """Motives of a previo and the three parts of its cases."""

    form = RazonForm
    catalogos = ListaDeRevision
    campos_fijos = ("catalogo", "lugar")
    fijos_a_la_vista = ("lista", "tramite", "lugar")
    list_display = ("nombre", "lista", "tramite", "lugar", "orden", "vigente_desde", "vigente_hasta")

    def get_list_filter(self, request: HttpRequest) -> Any:
        return (por_lista(self.catalogos), PorTramite, PorDias)

    @admin.display(description=_("trámite"))
    def tramite(self, razon: Razon) -> Any:
        clave = tramite_de(razon.catalogo)
        return next((t.nombre for t in registro.todos() if t.clave == clave), clave) or _("Todos")

    @admin.display(description=_("dónde se ofrece"), ordering="codigo")
    def lugar(self, razon: Razon) -> Any:
        lugar, clave = lugar_de(razon.codigo), tramite_de(razon.catalogo)
        suyos = next((_de(t) for t in registro.todos() if t.clave == clave), EN_GENERAL)
        return dict(suyos).get(lugar, lugar) if lugar else _("En toda la Gestión")
