"""Django's registration of this app."""

from django.apps import AppConfig


class TramitesConfig(AppConfig):
    name = "tramites"
    verbose_name = "Trámites"

    def ready(self) -> None:
        from bitacora.models import evento_registrado

        from .suscriptores import soltar_lo_suyo

        evento_registrado.connect(soltar_lo_suyo, dispatch_uid="tramites.soltar_lo_suyo")
