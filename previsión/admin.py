"""What administración edits of this app."""

from django.contrib import admin

from .models import Opcion, TextoEditable


@admin.register(Opcion)
class OpcionAdmin(admin.ModelAdmin):
    list_display = ["nombre", "catalogo", "codigo", "orden", "vigente_desde", "vigente_hasta"]
    list_filter = ["catalogo"]
    search_fields = ["nombre", "codigo"]


@admin.register(TextoEditable)
class TextoEditableAdmin(admin.ModelAdmin):
    list_display = ["clave", "version", "vigente_desde"]
    search_fields = ["clave", "texto"]
