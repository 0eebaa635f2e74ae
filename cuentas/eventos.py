"""The acts on an account that the log keeps."""

from django.db import models


class TipoEvento(models.TextChoices):
    CUENTA_CREADA = "cuenta_creada", "Cuenta creada"
    CUENTA_VERIFICADA = "cuenta_verificada", "Correo confirmado"
    CLAVE_CAMBIADA = "clave_cambiada", "Contraseña cambiada"
    CORREO_CAMBIADO = "correo_cambiado", "Correo cambiado"
    SEGUNDO_FACTOR_CAMBIADO = "segundo_factor_cambiado", "Verificación en dos pasos cambiada"
    SOLICITUD_DATOS = "solicitud_datos", "Solicitud sobre sus datos"
    RESPUESTA_DATOS = "respuesta_datos", "Respuesta a su solicitud sobre sus datos"
