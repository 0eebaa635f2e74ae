"""Remove the second factor of whoever lost telephone and recovery codes: they set another on entering."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from bitacora.models import Evento
from cuentas.eventos import TipoEvento
from cuentas.models import Usuario

from .cerrar_sesiones import cerrar_sesiones


@transaction.atomic
def quitar_segundo_factor(persona: Usuario, *, actor: Usuario, ahora: datetime) -> bool:
    """Whether there was one to remove; its owner hears of it by mail, and their sessions end."""
    quitados, _por_modelo = Authenticator.objects.filter(user=persona).delete()
    if quitados:
        cerrar_sesiones(persona)
        Evento.objects.registrar(
            TipoEvento.SEGUNDO_FACTOR_CAMBIADO, actor=actor, ahora=ahora, datos={"cuenta": persona.pk}
        )
    return bool(quitados)
