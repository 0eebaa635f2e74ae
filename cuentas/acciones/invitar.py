"""Open an account of ONSEC's staff: they choose their password from their own mailbox."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction

from bitacora.models import Evento
from cuentas.eventos import TipoEvento
from cuentas.models import Usuario
from escritura import correo as regla_correo


@transaction.atomic
def invitar(persona: Usuario, *, actor: Usuario | None, ahora: datetime) -> None:
    """Write that new account and owe its invitation; `actor` is None from the command line.

    Nobody enters it before following the mail's link, so the address counts as confirmed.
    """
    persona.tipo = Usuario.Tipo.PERSONAL
    persona.usuario = persona.email = regla_correo.normal(persona.email)
    persona.set_unusable_password()
    persona.save(force_insert=True)
    EmailAddress.objects.create(user=persona, email=persona.email, primary=True, verified=True)
    enviar_enlace(persona, actor=actor, ahora=ahora)


@transaction.atomic
def enviar_enlace(persona: Usuario, *, actor: Usuario | None, ahora: datetime) -> None:
    """Owe the mail with which they choose a password, the first or another; nobody else ever knows it."""
    adaptador = get_adapter()
    ficha = f"{user_pk_to_url_str(persona)}-{default_token_generator.make_token(persona)}"
    contexto: dict[str, Any] = {
        "user": persona,
        "password_reset_url": adaptador.get_reset_password_from_key_url(ficha),
    }
    adaptador.send_mail("cuentas/correo/invitacion", persona.email, contexto)
    Evento.objects.registrar(
        TipoEvento.PERSONAL_INVITADO,
        actor=actor,
        ahora=ahora,
        datos={"cuenta": persona.pk, "papel": persona.papel},
    )
