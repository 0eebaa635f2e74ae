"""Release the CUI and address of accounts never confirmed; there are none since decision 18."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from bitacora.models import Evento
from cuentas.eventos import TipoEvento
from cuentas.models import Usuario


@transaction.atomic
def liberar_sin_confirmar(cui: str, correo: str, *, ahora: datetime) -> None:
    """Release that CUI and that address from citizens' accounts that were never confirmed.

    The account stays, emptied of personal data, because the log and the acceptances refer to it. Its row is
    locked here and where an address is confirmed: of two at once, the first wins.
    """
    cuentas = Usuario.objects.select_for_update().filter(
        Q(cui=cui) | Q(email__iexact=correo),
        tipo=Usuario.Tipo.CIUDADANO,
        is_active=True,
    )
    for cuenta in cuentas:
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
