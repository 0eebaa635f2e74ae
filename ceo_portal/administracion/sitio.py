"""The admin site of ONSEC: who enters, by which door, and nothing that a person filed."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from cuentas.permisos import es_ciudadano, es_personal
from cuentas.vistas import Salir

from .guardia import Guardia


class Sitio(AdminSite):
    """Catalogues, texts and staff accounts, for administración alone.

    Signing in and out and changing one's password are the portal's own pages, with their limits, their second
    factor and their events (S38, S41).
    """

    site_header = "Administración"
    site_title = "Portal CEO"
    index_title = "Administración"
    site_url = None

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """With `Guardia` before whatever each admin says, also a library's."""
        clase = admin_class or ModelAdmin
        guardado = type(clase.__name__, (Guardia, clase), {"__module__": clase.__module__})
        super().register(model_or_iterable, guardado, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Raise 404 for a citizen and 403 for other roles; False for nobody, who is sent to sign in (S17)."""
        if es_ciudadano(request.user):
            raise Http404
        entra = super().has_permission(request)
        if es_personal(request.user) and not entra:
            raise PermissionDenied
        return entra

    def get_urls(self) -> list[Any]:
        """Without the shortcut that leads from any model's row to its page."""
        return [ruta for ruta in super().get_urls() if getattr(ruta, "name", "") != "view_on_site"]

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        inicio = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return redirect(inicio)
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or inicio)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        respuesta: HttpResponseBase = Salir.as_view()(request)
        return respuesta

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("mis_datos")
