"""Staff complete the places, and delete none: a CUI can carry the code of one that the tables lack."""

from django.contrib import admin

from territorio.models import Departamento, Municipio


class CodigoFijo(admin.ModelAdmin):
    """The code is the key: given once, then only read."""

    list_display = ["codigo", "nombre"]
    search_fields = ["codigo", "nombre"]

    def get_readonly_fields(self, request, obj=None):
        return ["codigo"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Departamento)
class DepartamentoAdmin(CodigoFijo):
    pass


@admin.register(Municipio)
class MunicipioAdmin(CodigoFijo):
    list_display = ["codigo", "nombre", "departamento", "vigente"]
    list_filter = ["vigente", "departamento"]
    list_select_related = ["departamento"]
