"""Django's registration of this app."""

from django.apps import AppConfig


class TramitesConfig(AppConfig):
    name = "tramites"
    verbose_name = "Trámites"

    def ready(self) -> None:
        from django.core import checks

        from bitacora.models import evento_registrado

        from .comprobaciones import publicados_conocidos
        from .suscriptores import soltar_lo_suyo

        checks.register(publicados_conocidos)
        evento_registrado.connect(soltar_lo_suyo, dispatch_uid="tramites.soltar_lo_suyo")
