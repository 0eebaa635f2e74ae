"""Django's registration of the shared look."""

from django.apps import AppConfig


class InterfazConfig(AppConfig):
    name = "ceo_portal.interfaz"
    label = "interfaz"
    verbose_name = "Interfaz"
