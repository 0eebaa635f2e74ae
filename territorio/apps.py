"""Django's registration of this app."""

from django.apps import AppConfig


class TerritorioConfig(AppConfig):
    name = "territorio"
    verbose_name = "Territorio"

    def ready(self) -> None:
        from territorio import consultas  # noqa: F401  (connects the cache's invalidation)
