"""Django's registration of this app."""

from django.apps import AppConfig


class NotificacionesConfig(AppConfig):
    name = "notificaciones"
    verbose_name = "Notificaciones"

    def ready(self) -> None:
        from bitacora.models import evento_registrado
        from cuentas.models import Usuario

        from .acciones.resumir_fallidos import anotar_fallas
        from .consultas import SIN_LEER
        from .suscriptores import avisar

        evento_registrado.connect(avisar, dispatch_uid="notificaciones.avisar")
        evento_registrado.connect(anotar_fallas, dispatch_uid="notificaciones.anotar_fallas")
        Usuario.objects.de_cada_pagina["sin_leer"] = SIN_LEER
