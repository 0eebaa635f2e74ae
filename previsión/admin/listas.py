"""The option lists, and what every row with days has in common."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..catalogos.casos import DE_TRAMITE, lista_de, mismo_nombre, se_ofrecen_juntas
from ..catalogos.models import Lista, ListaDeRevision
from ..models import Opcion

NINGUNO = ("", _("[Seleccione algún valor]"))


class VigenciaForm(forms.ModelForm):
    """A row that holds from today or from a later day: the past is never rewritten."""

    def clean_vigente_desde(self) -> date:
        desde: date = self.cleaned_data["vigente_desde"]
        if desde < timezone.localdate():
            raise ValidationError(_("Elija hoy o un día posterior."))
        return desde


class OpcionForm(VigenciaForm):
    """An option. `anterior` is the row that it renames, whose list and code it takes."""

    catalogos: type[Lista | ListaDeRevision] = Lista
    anterior: Opcion | None = None

    class Meta:
        model = Opcion
        fields = ("catalogo", "codigo", "nombre", "orden", "vigente_desde", "vigente_hasta")
        help_texts = {
            "codigo": _("Identifica la opción para siempre."),
            "orden": _("Lugar en la lista. Vacío: al final."),
            "vigente_hasta": _("Último día en que se ofrece. Vacío: sin término."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "catalogo" in self.fields:
            self.fields["catalogo"] = forms.ChoiceField(
                label=_("Lista"), choices=[NINGUNO, *self.catalogos.choices]
            )
        if "orden" in self.fields:
            self.fields["orden"].required = False
        if self.anterior:
            self.instance.catalogo, self.instance.codigo = self.anterior.catalogo, self.anterior.codigo

    def clean_codigo(self) -> str:
        codigo: str = self.cleaned_data["codigo"]
        if Opcion.objects.filter(catalogo=self.cleaned_data.get("catalogo"), codigo=codigo).exists():
            raise ValidationError(_("Ese código ya está en la lista. Escriba otro."))
        return codigo

    def clean_orden(self) -> int:
        if self.cleaned_data["orden"] is not None:
            return self.cleaned_data["orden"]
        catalogo = self.instance.catalogo or self.cleaned_data.get("catalogo", "")
        return (Opcion.objects.filter(catalogo=catalogo).aggregate(n=Max("orden"))["n"] or 0) + 1

    def clean(self) -> dict[str, Any]:
        """The two rules of the table, also when the admin shows their fields without letting them change."""
        datos = super().clean() or self.cleaned_data
        desde = datos.get("vigente_desde", self.instance.vigente_desde)
        hasta = datos.get("vigente_hasta")
        if desde and hasta and hasta < desde:
            self.add_error("vigente_hasta", _("El último día no puede ser anterior al primero."))
        mismas = Opcion.objects.filter(catalogo=self.instance.catalogo, codigo=self.instance.codigo)
        if mismas.exclude(pk=self.instance.pk).filter(vigente_desde=desde).exists():
            self.add_error(None, _("Ya tiene un nombre que empieza ese día. Elija otro día."))
        return datos

    def _get_validation_exclusions(self) -> set[str]:
        """What the table asks of several fields is asked once each of them holds."""
        exclusiones: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusiones | ({"catalogo"} if self.errors else set())

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and self._se_ofrece_mas() and repetida(self.instance):
            campo = "nombre" if "nombre" in self.fields else None
            self.add_error(campo, _("Ya está en la lista. Escriba otro nombre."))

    def _se_ofrece_mas(self) -> bool:
        """Whether it gets a name or more days; one of before that repeats another may always be ended."""
        antes, hasta = self.initial.get("vigente_hasta"), self.cleaned_data.get("vigente_hasta")
        return "nombre" in self.fields or (antes is not None and (hasta is None or hasta > antes))


def repetida(nueva: Opcion) -> bool:
    """Whether some day it would be offered beside another of the same name."""
    return any(
        mismo_nombre(otra.nombre) == mismo_nombre(nueva.nombre)
        and se_ofrecen_juntas(otra, nueva)
        and (otra.termina is None or otra.termina >= nueva.vigente_desde)
        and (nueva.vigente_hasta is None or nueva.vigente_hasta >= otra.vigente_desde)
        for otra in Opcion.objects.filter(de_listas([lista_de(nueva.catalogo)]))
        .exclude(catalogo=nueva.catalogo, codigo=nueva.codigo)
        .con_termino()
    )


def de_listas(listas: Iterable[str]) -> Q:
    """The rows of those lists, common or of a procedure."""
    return reduce(or_, (Q(catalogo=n) | Q(catalogo__startswith=f"{n}{DE_TRAMITE}") for n in listas))


class PorDias(admin.SimpleListFilter):
    """In force today, still to come, or past."""

    title = _("vigencia")
    parameter_name = "vigencia"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("hoy", _("Vigentes hoy")), ("despues", _("Desde otro día")), ("antes", _("Terminadas"))]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        hoy = timezone.localdate()
        match self.value():
            case "hoy":
                return queryset.filter(vigente_desde__lte=hoy).exclude(vigente_hasta__lt=hoy)
            case "despues":
                return queryset.filter(vigente_desde__gt=hoy)
            case "antes":
                return queryset.filter(vigente_hasta__lt=hoy)
        return queryset


@admin.register(Opcion)
class OpcionAdmin(admin.ModelAdmin):
    """Once its day has come a row is only ordered or ended; another name is another row."""

    form: Any = OpcionForm
    catalogos: Any = Lista
    # What identifies the row: asked for only once, then shown.
    campos_fijos: Any = ("catalogo", "codigo")
    fijos_a_la_vista: Any = ("lista", "codigo")
    list_display: Any = ("nombre", "lista", "codigo", "orden", "vigente_desde", "vigente_hasta")
    list_per_page = 50
    search_fields = ("nombre", "codigo")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(de_listas(self.catalogos.values))

    def get_list_filter(self, request: HttpRequest) -> Any:
        return (por_lista(self.catalogos), PorDias)

    @admin.display(description=_("lista"), ordering="catalogo")
    def lista(self, opcion: Opcion) -> str:
        return self.catalogos(lista_de(opcion.catalogo)).label

    @admin.display(description=_("para cambiarla"))
    def otro_nombre(self, opcion: Opcion) -> str:
        direccion = reverse(f"admin:prevision_{self.opts.model_name}_add", query={"anterior": opcion.pk})
        return format_html('<a href="{}">{}</a>', direccion, _("Darle otro nombre desde un día"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ()
        return self.fijos_a_la_vista + (() if _por_venir(obj) else ("nombre", "vigente_desde", "otro_nombre"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fijos = self.get_readonly_fields(request, obj)
        if obj is None and not self._anterior(request):
            fijos = self.campos_fijos
        return [*fijos, *(c for c in ("nombre", "vigente_desde", "vigente_hasta", "orden") if c not in fijos)]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Bound to the row that it renames, if `?anterior=` names one."""
        clase: Any = super().get_form(request, obj, change, **kwargs)
        clase.anterior = None if obj else self._anterior(request)
        return clase

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        anterior = self._anterior(request)
        inicial: dict[str, Any] = {"vigente_desde": timezone.localdate()}
        return inicial | ({"nombre": anterior.nombre, "orden": anterior.orden} if anterior else {})

    def _anterior(self, request: HttpRequest) -> Any:
        clave = request.GET.get("anterior", "")
        return self.get_queryset(request).filter(pk=clave).first() if clave.isdecimal() else None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what nobody could choose yet."""
        return obj is not None and _por_venir(obj) and super().has_delete_permission(request, obj)


def por_lista(catalogos: Any) -> type[admin.SimpleListFilter]:
    """The filter by one of those lists."""

    class PorLista(admin.SimpleListFilter):
        title = _("lista")
        parameter_name = "lista"

        def lookups(self, request: Any, model_admin: Any) -> Any:
            return catalogos.choices

        def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
            return queryset.filter(de_listas([valor])) if (valor := self.value()) else queryset

    return PorLista


def _por_venir(fila: Any) -> bool:
    """Whether nobody has been offered that row yet."""
    return fila.vigente_desde > timezone.localdate()
