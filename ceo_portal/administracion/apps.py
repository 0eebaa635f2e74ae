"""Django's admin, with the portal's own site as the default one."""

from django.contrib.admin.apps import AdminConfig


class AdministracionConfig(AdminConfig):
    default_site = "ceo_portal.administracion.sitio.Sitio"
