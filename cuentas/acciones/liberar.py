"""Let go of an account that nobody confirmed in time: a mistyped address must not keep a CUI for ever."""

from datetime import datetime, timedelta

from allauth.account.app_settings import EMAIL_CONFIRMATION_EXPIRE_DAYS
from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from bitacora.models import Evento
from cuentas.eventos import TipoEvento
from cuentas.models import Usuario


@transaction.atomic
def liberar_sin_confirmar(cui: str, correo: str, *, ahora: datetime) -> None:
    """Free that CUI and that address of citizens' accounts older than their link and never confirmed.

    What the log and the acceptances point at stays, without a person's data. The account's row is locked
    here and where an address is confirmed: of both at once, the first wins.
    """
    vencidas = Usuario.objects.select_for_update().filter(
        Q(cui=cui) | Q(email__iexact=correo),
        tipo=Usuario.Tipo.CIUDADANO,
        is_active=True,
        creado_en__lte=ahora - timedelta(days=EMAIL_CONFIRMATION_EXPIRE_DAYS),
    )
    for cuenta in vencidas:
        direcciones = EmailAddress.objects.filter(user=cuenta)
        if direcciones and not any(d.verified for d in direcciones):
            direcciones.delete()
            _vaciar(cuenta)
            Evento.objects.registrar(
                TipoEvento.CUENTA_LIBERADA, actor=None, ahora=ahora, datos={"cuenta": cuenta.pk}
            )


def _vaciar(cuenta: Usuario) -> None:
    libre = f"libre-{cuenta.pk}"
    cuenta.usuario, cuenta.cui, cuenta.email = libre, libre[-13:], f"{libre}@invalid"
    cuenta.primer_nombre = cuenta.segundo_nombre = cuenta.primer_apellido = cuenta.segundo_apellido = ""
    cuenta.fecha_nacimiento, cuenta.is_active = None, False
    cuenta.set_unusable_password()
    cuenta.save()
