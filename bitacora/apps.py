"""Django's registration of this app."""

from django.apps import AppConfig


class BitacoraConfig(AppConfig):
    name = "bitacora"
    verbose_name = "Bitácora"

    def ready(self) -> None:
        from bitacora import conjunto  # noqa: F401  (registers a lookup)
