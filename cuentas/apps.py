"""Django's registration of this app."""

from django.apps import AppConfig


class CuentasConfig(AppConfig):
    name = "cuentas"
    verbose_name = "Cuentas"

    def ready(self) -> None:
        from . import caducidad, freno, senales  # noqa: F401  (hear allauth and who signs in)
