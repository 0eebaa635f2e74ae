"""What every admin of this portal does with what an address or a form may carry, whoever wrote that admin."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import (
    ERROR_FLAG,
    PAGE_VAR,
    SEARCH_VAR,
    ChangeList,
    ChangeListSearchForm,
)
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase

from cuentas.formularios import CampoFecha
from escritura import espera
from escritura.expresiones import ClaveBusqueda, ClaveOrden
from escritura.orden import clave_busqueda

from .tocado import SoloLoTocadoForm

# PostgreSQL's advisory lock of whoever saves in the admin; any number that no other lock of the portal uses.
CANDADO = 53120


class Listado(ChangeList):
    """The list of a model: texts sorted as Spanish sorts them, and what is searched out of its address."""

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        texto = espera.esperado(request) or ""
        self.search_form_class: Any = lambda _: ChangeListSearchForm({SEARCH_VAR: texto})
        super().__init__(request, *args)

    def get_filters_params(self, params: Any = None) -> Any:
        """Without the key of what is searched, which no column has."""
        return {c: v for c, v in super().get_filters_params(params).items() if c != espera.CLAVE}

    def get_ordering_field(self, field_name: Any) -> Any:
        ordena = super().get_ordering_field(field_name)
        return ClaveOrden(ordena) if isinstance(ordena, str) and self._es_texto(ordena) else ordena

    def _es_texto(self, nombre: str) -> bool:
        try:
            campo = self.lookup_opts.get_field(nombre)
        except FieldDoesNotExist:
            return False
        return isinstance(campo, models.CharField) and not campo.primary_key


class Guardia(ModelAdmin):
    """Mixed by the site into every admin that is registered."""

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Dates as everywhere in the portal."""
        campo = super().formfield_for_dbfield(db_field, request, **kwargs)
        if (
            isinstance(db_field, models.DateField)
            and not isinstance(db_field, models.DateTimeField)
            and campo
        ):
            return db_field.formfield(form_class=CampoFecha, widget=campo.widget)
        return campo

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Two tabs over one row do not undo each other's work."""
        clase = super().get_form(request, obj, change, **kwargs)
        return type(clase.__name__, (SoloLoTocadoForm, clase), {}) if change else clase

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only what this admin's own filters ask: no password is found letter by letter."""
        filtros: Any = self.get_list_filter(request)  # type: ignore[arg-type]
        return any(lookup in self._preguntas(filtro) for filtro in filtros)

    def _preguntas(self, filtro: Any) -> set[str]:
        """What that filter writes in an address; one of another table names its key."""
        if isinstance(filtro, type):
            return {filtro.parameter_name}  # type: ignore[attr-defined]
        campo = self.opts.get_field(filtro)
        clave = getattr(getattr(campo, "target_field", None), "name", "")
        return {filtro, f"{filtro}__exact", f"{filtro}__isnull", f"{filtro}__{clave}__exact"}

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """An empty `_to_field` is none."""
        return super().get_object(request, object_id, from_field or None)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """One saves at a time: what its form asked of the table still holds when it is written.

        What a page outside the admin took meanwhile the database refuses; asked again, the form says so.
        """
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        try:
            return self._a_su_turno(request, *args, **kwargs)
        except IntegrityError:
            return self._a_su_turno(request, *args, **kwargs)

    @transaction.atomic
    def _a_su_turno(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """SQLite's IMMEDIATE transactions already queue."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CANDADO])
        return super().changeform_view(request, *args, **kwargs)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return Listado

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Every word, in any of the fields, however it was typed."""
        campos = self.get_search_fields(request)
        for n, palabra in enumerate(clave_busqueda(search_term).split() if campos else ()):
            partes = [p for campo in campos for p in (Cast(campo, TextField()), Value(" "))]
            buscable = ClaveBusqueda(Concat(*partes, Value(""), output_field=TextField()))
            queryset = queryset.alias(**{f"_buscable_{n}": buscable}).filter(
                **{f"_buscable_{n}__contains": palabra}
            )
        return queryset, False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if not all(self._es_clave(v) for v in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            messages.error(request, "No se entendió qué filas eligió. Márquelas otra vez.")
            return HttpResponseRedirect(request.get_full_path())
        if request.method == "POST" and SEARCH_VAR in request.POST:
            return HttpResponseRedirect(f"{request.path}?{_en_espera(request, request.POST).urlencode()}")
        if SEARCH_VAR in request.GET:  # an address typed by hand: no link of its page repeats it
            request.GET = _en_espera(request, request.GET)  # type: ignore[assignment]
        respuesta: HttpResponseBase = super().changelist_view(request, extra_context)
        return respuesta

    def _es_clave(self, valor: str) -> bool:
        try:
            self.opts.pk.run_validators(self.opts.pk.to_python(valor))
        except (ValidationError, ValueError, OverflowError):
            return False
        return True


def _en_espera(request: HttpRequest, preguntado: QueryDict) -> QueryDict:
    """The same question from its first page, with what is searched waiting in the session."""
    datos = preguntado.copy()
    texto = datos.get(SEARCH_VAR, "").strip()
    for nombre in (SEARCH_VAR, PAGE_VAR, ERROR_FLAG, espera.CLAVE, "csrfmiddlewaretoken"):
        datos.pop(nombre, None)
    if texto:
        datos[espera.CLAVE] = espera.guardar(request, texto)
    return datos
