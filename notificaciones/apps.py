"""Django's registration of this app."""

from django.apps import AppConfig


class NotificacionesConfig(AppConfig):
    name = "notificaciones"
    verbose_name = "Notificaciones"

    def ready(self) -> None:
        from bitacora.models import evento_registrado
        from cuentas.models import Usuario

        from .consultas import SIN_LEER
        from .suscriptores import al_registrar

        evento_registrado.connect(al_registrar, dispatch_uid="notificaciones")
        Usuario.objects.de_cada_pagina["sin_leer"] = SIN_LEER
