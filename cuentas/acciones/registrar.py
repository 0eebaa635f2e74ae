"""Open a citizen's account, without ever telling the visitor whether it already existed."""

from collections.abc import Collection
from datetime import date, datetime

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from bitacora.models import Evento
from cuentas.eventos import TipoEvento
from cuentas.models import Aceptacion, DocumentoLegal, Usuario
from cuentas.validadores import mayor_de_edad

from .liberar import liberar_sin_confirmar


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
) -> None:
    """Create the account with what it accepted and owe its confirmation mail.

    If the CUI or the address already has an account, its owner is told by mail and the new address learns
    nothing (mensajes.md §2); the caller sees no difference, in answer or in time (S37).
    One that nobody confirmed while its link lived counts as none.
    Raises ValidationError for whoever is not of age on Guatemala's date (A2).
    """
    mayor_de_edad(fecha_nacimiento, timezone.localdate(ahora))
    persona = Usuario(
        tipo=Usuario.Tipo.CIUDADANO,
        usuario=cui,
        cui=cui,
        email=correo,
        password=make_password(clave),
        fecha_nacimiento=fecha_nacimiento,
        primer_nombre=primer_nombre,
        segundo_nombre=segundo_nombre,
        primer_apellido=primer_apellido,
        segundo_apellido=segundo_apellido,
    )
    with transaction.atomic():
        liberar_sin_confirmar(cui, correo, ahora=ahora)
        if not _duenos(cui, correo) and _crear(persona, ip=ip, agente=agente, ahora=ahora):
            return
        _avisar(_duenos(cui, correo), correo)


def _duenos(cui: str, correo: str) -> list[Usuario]:
    return list(Usuario.objects.filter(Q(tipo=Usuario.Tipo.CIUDADANO, cui=cui) | Q(email__iexact=correo)))


def _crear(persona: Usuario, *, ip: str | None, agente: str, ahora: datetime) -> bool:
    """Write the account whole; False if another registration of the same person won the race."""
    try:
        with transaction.atomic():
            persona.save(force_insert=True)
    except IntegrityError:
        return False
    aceptar_vigentes(persona, ip=ip, agente=agente, ahora=ahora)
    direccion = EmailAddress.objects.create(user=persona, email=persona.email, primary=True, verified=False)
    Evento.objects.registrar(TipoEvento.CUENTA_CREADA, actor=persona, ahora=ahora)
    direccion.send_confirmation(signup=True)
    return True


def aceptar_vigentes(persona: Usuario, *, ip: str | None, agente: str, ahora: datetime) -> None:
    """Record that `persona` accepted each legal text in force at `ahora`."""
    for tipo in DocumentoLegal.Tipo.values:
        Aceptacion.objects.create(
            usuario=persona,
            documento=DocumentoLegal.objects.vigente(tipo, ahora=ahora),
            aceptado_en=ahora,
            ip=ip,
            agente=agente[:300],
        )


def _avisar(duenos: Collection[Usuario], correo: str) -> None:
    adaptador = get_adapter()
    for dueno in duenos:
        adaptador.send_mail("cuentas/correo/intento_registro", dueno.email, {"user": dueno})
    if correo not in {dueno.email for dueno in duenos}:
        adaptador.send_mail("cuentas/correo/registro_no_posible", correo, {})
