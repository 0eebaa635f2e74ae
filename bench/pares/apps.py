from django.apps import AppConfig


class ParesConfig(AppConfig):
    name = "bench.pares"
    label = "pares"
