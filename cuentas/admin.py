"""The legal texts for administración, and the admin behind the portal's own sign-in."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest

from .models import DocumentoLegal, Usuario
from .permisos import es_personal

# One door: limits, confirmed e-mail and (later) the second factor hold for /admin/ too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(DocumentoLegal)
class DocumentoLegalAdmin(admin.ModelAdmin):
    """Versions are added, never changed."""

    list_display = ("titulo", "tipo", "version", "vigente_desde")
    fields = ("tipo", "version", "titulo", "texto", "vigente_desde")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return es_personal(request.user, Usuario.Papel.ADMINISTRACION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return es_personal(request.user, Usuario.Papel.ADMINISTRACION)
