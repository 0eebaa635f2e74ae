"""Ask for a citizen's account, never telling the visitor whether it already existed (S37, decision 18)."""

from collections.abc import Iterable
from datetime import date, datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.signing import Signer
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cuentas.models import Registro, Usuario
from cuentas.validadores import mayor_de_edad

FIRMA = Signer(salt="cuentas.registro")


def registrar(
    *,
    cui: str,
    correo: str,
    clave: str,
    fecha_nacimiento: date,
    primer_nombre: str,
    segundo_nombre: str,
    primer_apellido: str,
    segundo_apellido: str,
    ip: str | None,
    agente: str,
    ahora: datetime,
) -> Registro:
    """Note what it asks with, and owe the mail that confirms it: the same whoever has that CUI.

    Whose CUI or address it already is, is told by their own mail. The caller sees no difference, in answer or
    in time. Raises ValidationError for whoever is not of age on Guatemala's date (A2).
    """
    mayor_de_edad(fecha_nacimiento, timezone.localdate(ahora))
    registro = Registro(
        cui=cui,
        correo=correo,
        clave=make_password(clave),
        fecha_nacimiento=fecha_nacimiento,
        primer_nombre=primer_nombre,
        segundo_nombre=segundo_nombre,
        primer_apellido=primer_apellido,
        segundo_apellido=segundo_apellido,
        ip=ip,
        agente=agente[:300],
        pedido_en=ahora,
    )
    with transaction.atomic():
        registro.save(force_insert=True)
        _avisar(duenos(cui, correo))
        enviar_confirmacion(registro)
    return registro


def duenos(cui: str, correo: str) -> list[Usuario]:
    """The confirmed accounts that already have that CUI or that address: two at most."""
    confirmadas = Q(emailaddress__verified=True)
    propias = Q(tipo=Usuario.Tipo.CIUDADANO, cui=cui) | Q(email__iexact=correo)
    return list(Usuario.objects.filter(confirmadas, propias).distinct())


def avisar_al_correo(correo: str) -> None:
    """Tell the owner of that address, if it is an account's, that somebody registered with it."""
    _avisar(Usuario.objects.filter(email__iexact=correo, emailaddress__verified=True))


def enviar_confirmacion(registro: Registro) -> None:
    """Queue the mail with the link, unless the address is an account's, whose owner gets another mail."""
    if Usuario.objects.filter(email__iexact=registro.correo, emailaddress__verified=True).exists():
        return
    enlace = settings.URL_PUBLICA + reverse("account_confirm_email", args=[llave(registro)])
    get_adapter().send_mail("cuentas/correo/confirmar_registro", registro.correo, {"activate_url": enlace})


def llave(registro: Registro) -> str:
    """The signed key in the link. It holds the number of corrections: each one voids the links before."""
    return FIRMA.sign(f"{registro.pk.hex}-{registro.correcciones}")


def _avisar(personas: Iterable[Usuario]) -> None:
    for persona in personas:
        # At most once every few minutes, so that nobody can flood that mailbox (S49).
        if cache.add(f"intento_de_registro:{persona.pk}", True, timeout=settings.MINUTOS_DE_ESPERA * 60):
            get_adapter().send_mail("cuentas/correo/intento_registro", persona.email, {"user": persona})
