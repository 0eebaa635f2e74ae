"""Django's registration of this app; at start it enrols every pension in the engine."""

from django.apps import AppConfig


class PrevisionConfig(AppConfig):
    name = "previsión"
    label = "prevision"
    verbose_name = "Previsión Civil"

    def ready(self) -> None:
        from tramites import registro

        from .pensiones import PENSIONES

        for pension in PENSIONES:
            registro.registrar(pension)
