"""Django's registration of this app, for its commands."""

from django.apps import AppConfig


class OperacionConfig(AppConfig):
    name = "ceo_portal.operacion"
    label = "operacion"
