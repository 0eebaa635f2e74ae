"""Django's registration of this app."""

from django.apps import AppConfig


class TramitesConfig(AppConfig):
    name = "tramites"
    verbose_name = "Trámites"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers them)
