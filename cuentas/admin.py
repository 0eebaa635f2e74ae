"""The legal texts for administración, and the admin behind the portal's own sign-in."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from .models import DocumentoLegal

# One door: limits, confirmed e-mail and (later) the second factor hold for /admin/ too.
admin.site.login = secure_admin_login(admin.site.login)


@admin.register(DocumentoLegal)
class DocumentoLegalAdmin(admin.ModelAdmin):
    """Versions are added, never changed."""

    list_display = ("titulo", "tipo", "version", "vigente_desde")
    fields = ("tipo", "version", "titulo", "texto", "vigente_desde")

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_staff

    def has_add_permission(self, request) -> bool:
        return request.user.is_staff
