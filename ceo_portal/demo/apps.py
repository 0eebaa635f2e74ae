"""Django's registration of the demonstration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "ceo_portal.demo"
    label = "demo"
    verbose_name = "Demostración"
