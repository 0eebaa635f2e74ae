"""Django's admin over the portal's own Gestiones, as anybody would register them: the peer of the desk.

A list of as many rows as the desk's, without a query for each; keys that would bring every account are
written, not chosen from a list.
"""

from django.contrib.admin import AdminSite, ModelAdmin, TabularInline

from tramites.models import Documento, Envio, Gestion, Previo, Veredicto

POR_PAGINA = 25
sitio = AdminSite(name="pares")


class _DeLaGestion(TabularInline):
    extra = 0
    raw_id_fields: tuple[str, ...] = ()


class Documentos(_DeLaGestion):
    model = Documento
    raw_id_fields = ("version_formulario", "envio")


class Envios(_DeLaGestion):
    model = Envio
    raw_id_fields = ("version_formulario",)


class Previos(_DeLaGestion):
    model = Previo
    raw_id_fields = ("emitido_por",)


class Veredictos(_DeLaGestion):
    model = Veredicto
    raw_id_fields = ("juzgado_por", "archivos", "vistos")


class GestionAdmin(ModelAdmin):
    """What the queue shows, what it filters by and what it searches; and the expediente, inline."""

    list_display = ("numero", "titular_nombre", "titular_cui", "estado", "asignada_a", "en_cola_desde")
    list_filter = ("estado",)
    list_select_related = ("asignada_a",)
    list_per_page = POR_PAGINA
    search_fields = ("numero", "titular_nombre", "titular_cui")
    raw_id_fields = ("solicitante", "asignada_a")
    inlines = (Documentos, Envios, Previos, Veredictos)


sitio.register(Gestion, GestionAdmin)
