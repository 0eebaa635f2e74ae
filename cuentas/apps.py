"""Django's registration of this app."""

from django.apps import AppConfig


class CuentasConfig(AppConfig):
    name = "cuentas"
    verbose_name = "Cuentas"

    def ready(self) -> None:
        from . import senales  # noqa: F401  (hears allauth)
