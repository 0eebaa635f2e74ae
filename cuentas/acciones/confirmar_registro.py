"""The mail's link was pressed: a registration becomes an account, if nobody has its CUI or address."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EMAIL_CONFIRMATION_EXPIRE_DAYS
from allauth.account.models import EmailAddress
from django.core.signing import BadSignature
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from bitacora.models import Evento
from cuentas.eventos import TipoEvento
from cuentas.models import Aceptacion, DocumentoLegal, Registro, Usuario

from .liberar import liberar_sin_confirmar
from .registrar import FIRMA, duenos
from .verificar import verificar

VIDA = timedelta(days=EMAIL_CONFIRMATION_EXPIRE_DAYS)


class EnlaceVencido(Exception):
    """That link confirms nothing: it lapsed, was used, or another address took its place."""


def vigentes(ahora: datetime) -> QuerySet[Registro]:
    """The registrations whose link has not expired."""
    return Registro.objects.filter(pedido_en__gt=ahora - VIDA)


def registro_de(llave: str, *, ahora: datetime) -> Registro:
    """The registration that a link confirms. Raises EnlaceVencido."""
    try:
        pk, correcciones = FIRMA.unsign(llave).split("-")
        return vigentes(ahora).get(pk=UUID(pk), correcciones=correcciones)
    except (BadSignature, ValueError, Registro.DoesNotExist):
        raise EnlaceVencido from None


@transaction.atomic
def confirmar_registro(llave: str, *, ahora: datetime) -> Usuario | None:
    """Create the account. None if somebody has that CUI or address; a mail then says so.

    Of two who confirm the same CUI the first wins. Raises EnlaceVencido.
    """
    pk = registro_de(llave, ahora=ahora).pk
    registro = vigentes(ahora).select_for_update().filter(pk=pk).first()
    if registro is None:  # pressed twice
        raise EnlaceVencido
    liberar_sin_confirmar(registro.cui, registro.correo, ahora=ahora)
    cuenta = None if duenos(registro.cui, registro.correo) else _crear(registro, ahora=ahora)
    if cuenta is None:
        get_adapter().send_mail("cuentas/correo/registro_no_posible", registro.correo, {})
    registro.delete()
    return cuenta


def _crear(registro: Registro, *, ahora: datetime) -> Usuario | None:
    """Create account, address and acceptances together; None if another with that CUI was created first."""
    persona = Usuario(
        tipo=Usuario.Tipo.CIUDADANO,
        usuario=registro.cui,
        cui=registro.cui,
        email=registro.correo,
        password=registro.clave,
        fecha_nacimiento=registro.fecha_nacimiento,
        primer_nombre=registro.primer_nombre,
        segundo_nombre=registro.segundo_nombre,
        primer_apellido=registro.primer_apellido,
        segundo_apellido=registro.segundo_apellido,
    )
    try:
        with transaction.atomic():
            persona.save(force_insert=True)
    except IntegrityError:
        return None
    _aceptar(persona, registro)
    Evento.objects.registrar(TipoEvento.CUENTA_CREADA, actor=persona, ahora=ahora)
    direccion = EmailAddress.objects.create(user=persona, email=persona.email, primary=True, verified=False)
    verificar(direccion, ahora=ahora)
    return persona


def _aceptar(persona: Usuario, registro: Registro) -> None:
    """Each legal text in force when it registered, with where from."""
    for tipo in DocumentoLegal.Tipo.values:
        Aceptacion.objects.create(
            usuario=persona,
            documento=DocumentoLegal.objects.vigente(tipo, ahora=registro.pedido_en),
            aceptado_en=registro.pedido_en,
            ip=registro.ip,
            agente=registro.agente,
        )
