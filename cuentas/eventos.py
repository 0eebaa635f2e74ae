"""The acts on an account, and those of administración, that the log keeps.

What someone does to another's account carries its number in `datos["cuenta"]`.
"""

from django.db import models


class TipoEvento(models.TextChoices):
    CUENTA_CREADA = "cuenta_creada", "Cuenta creada"
    CUENTA_VERIFICADA = "cuenta_verificada", "Correo confirmado"
    CUENTA_LIBERADA = "cuenta_liberada", "Registro que nadie confirmó a tiempo"
    CLAVE_CAMBIADA = "clave_cambiada", "Contraseña cambiada"
    CORREO_CAMBIADO = "correo_cambiado", "Correo cambiado"
    SEGUNDO_FACTOR_CAMBIADO = "segundo_factor_cambiado", "Verificación en dos pasos cambiada"
    PERSONAL_INVITADO = "personal_invitado", "Se invitó a una persona del personal"
    PERSONAL_CAMBIADO = "personal_cambiado", "Cambió una cuenta del personal"
    CUI_DECLARADO = "cui_declarado", "Escribió su CUI"
    CUI_VACIADO = "cui_vaciado", "Se vació su CUI, que ya era de otra cuenta"
    DATO_ADMINISTRADO = "dato_administrado", "Cambió un catálogo o un texto"
    RESPUESTA_DATOS = "respuesta_datos", "Respuesta a su solicitud sobre sus datos"
