"""Django's registration of this app."""

from django.apps import AppConfig


class PapelesConfig(AppConfig):
    name = "papeles"
    verbose_name = "Papeles"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers them)
