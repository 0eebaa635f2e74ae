"""What allauth says happened to an account, and what administración edits, written in the log."""

import json
from typing import Any

from allauth.account import signals
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from bitacora.models import Evento

from .acciones.cerrar_sesiones import cerrar_sesiones
from .acciones.verificar import anotar_verificada
from .eventos import TipoEvento
from .models import Usuario

ACTOS = {ADDITION: "agregado", CHANGE: "cambiado", DELETION: "borrado"}


def _anotar(tipo: TipoEvento, usuario: Usuario) -> None:
    Evento.objects.registrar(tipo, actor=usuario, ahora=timezone.now())


@receiver(signals.email_confirmed, dispatch_uid="cuentas.verificada")
def verificada(sender: Any, email_address: Any, **_: Any) -> None:
    anotar_verificada(email_address, ahora=timezone.now())


@receiver(signals.email_changed, dispatch_uid="cuentas.correo")
def correo_cambiado(
    sender: Any, request: HttpRequest, user: Usuario, from_email_address: Any, **_: Any
) -> None:
    if from_email_address:
        cerrar_sesiones(user, salvo=request)
        _anotar(TipoEvento.CORREO_CAMBIADO, user)


@receiver([signals.password_changed, signals.password_reset], dispatch_uid="cuentas.clave")
def clave_cambiada(sender: Any, request: HttpRequest, user: Usuario, **_: Any) -> None:
    _anotar(TipoEvento.CLAVE_CAMBIADA, user)


@receiver(post_save, sender=LogEntry, dispatch_uid="cuentas.administracion")
def dato_administrado(sender: Any, instance: LogEntry, created: bool, **_: Any) -> None:
    """Every act in the admin, in its own transaction; those on accounts are told by their actions."""
    tipo = instance.content_type
    if created and tipo and tipo.model_class() is not Usuario:
        Evento.objects.registrar(
            TipoEvento.DATO_ADMINISTRADO,
            actor=instance.user,
            ahora=timezone.now(),
            datos={
                "modelo": f"{tipo.app_label}.{tipo.model}",
                "fila": str(instance.object_id),
                "acto": ACTOS[instance.action_flag],
                "campos": _campos(instance.change_message),
            },
        )


def _campos(mensaje: str) -> list[str]:
    """The labels of what changed, from the admin's own message."""
    partes = json.loads(mensaje) if mensaje.startswith("[") else []
    return [campo for parte in partes for campo in parte.get("changed", {}).get("fields", [])]
