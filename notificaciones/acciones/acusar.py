"""The acknowledgement: someone opened a notice in the portal."""

from datetime import datetime

from django.db import transaction

from tramites.acciones.registrar_entrega import Medio, registrar_entrega

from ..models import Notificacion


def acusar(aviso: Notificacion, *, ahora: datetime) -> None:
    """Note the first opening (D2). By its owner, it delivers the act's notice if no mail did before (FB0)."""
    if aviso.leida_en:
        return
    with transaction.atomic():
        primera = Notificacion.objects.filter(pk=aviso.pk, leida_en=None).update(leida_en=ahora)
        if primera and aviso.evento_id and aviso.destinatario.es_ciudadano:
            registrar_entrega(evento_id=aviso.evento_id, entregado_en=ahora, medio=Medio.PORTAL)
