"""Let go of accounts that nobody confirmed, of when they were made before confirming."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from bitacora.models import Evento
from cuentas.eventos import TipoEvento
from cuentas.models import Usuario


@transaction.atomic
def liberar_sin_confirmar(cui: str, correo: str, *, ahora: datetime) -> None:
    """Free that CUI and that address of citizens' accounts never confirmed: whoever confirms first has it.

    What the log and the acceptances point at stays, without a person's data. The account's row is locked
    here and where an address is confirmed: of both at once, the first wins.
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
