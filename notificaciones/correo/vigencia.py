"""Decided when a mail goes out, not when it was owed: its address, and whether it still says true."""

from collections.abc import Callable
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress

from ..avisos.acto import Acto, actos
from ..avisos.aviso import Aviso
from ..avisos.tabla import AVISOS
from ..models import Correo, CorreoQuerySet

# These speak of an address: they go there and nowhere else.
A_ESA_DIRECCION = {"correo_anterior", "correo_nuevo", "confirmar_correo"}


def direccion(correo: Correo) -> str:
    """Where that person reads their mail today, unless the mail is of an address and not of an account."""
    if correo.destinatario is None or correo.plantilla in A_ESA_DIRECCION:
        return correo.para
    return correo.destinatario.email


def al_dia(correo: Correo, *, ahora: datetime) -> bool:
    """Whether the mail still has a purpose; its words, not saved, are put as they are true `ahora`.

    A notice whose act another one undid, a reminder of a cycle that is over or a link that opens
    nothing any more has none.
    """
    acto, aviso = _origen(correo)
    if acto is None or aviso is None:
        return DE_CUENTAS.get(correo.plantilla, _siempre)(correo)
    if not aviso.vigente(acto) or not DE_CUENTAS.get(correo.plantilla, _siempre)(correo):
        return False
    if frescos := aviso.al_enviar(acto, ahora):
        correo.contexto |= frescos
        correo.asunto = aviso.asunto.format(gestion=correo.gestion, **correo.contexto)
    return True


def vigentes(*, numero: int, ahora: datetime) -> list[int]:
    """The keys of the mails of that Gestión that did not go out and would still say what is so."""
    correos = _sin_salir(numero).select_related("evento", "destinatario")
    return [correo.pk for correo in correos if al_dia(correo, ahora=ahora)]


def no_vigentes(*, numero: int, ahora: datetime) -> int:
    """How many mails of that Gestión did not go out and would say today what is not so."""
    return _sin_salir(numero).exclude(pk__in=vigentes(numero=numero, ahora=ahora)).count()


def _sin_salir(numero: int) -> CorreoQuerySet:
    return Correo.objects.filter(gestion=numero).sin_salir()


def _origen(correo: Correo) -> tuple[Acto | None, Aviso | None]:
    """The act that the mail tells, its Gestión as it is now, and the notice that it was made from."""
    if correo.evento is None:
        return None, None
    [acto] = actos([correo.evento])
    avisos = AVISOS.get(correo.evento.tipo, ())
    return acto, next((a for a in avisos if a.plantilla == correo.plantilla), None)


def _siempre(_correo: Correo) -> bool:
    return True


def _por_confirmar(correo: Correo) -> bool:
    """Until somebody confirms that address, or the account that never did is let go."""
    if correo.destinatario is not None and not correo.destinatario.is_active:
        return False
    return not EmailAddress.objects.filter(email__iexact=correo.para, verified=True).exists()


def _sigue_siendo_suya(correo: Correo) -> bool:
    return correo.destinatario is not None and correo.para.lower() == correo.destinatario.email.lower()


def _abre(correo: Correo) -> bool:
    """Whether its link still opens the account: neither its hour nor the password or address went by."""
    persona, ficha = correo.destinatario, correo.contexto.get("enlace", "").rstrip("/").rsplit("/", 1)[-1]
    if persona is None or not persona.is_active:
        return False
    return default_token_generator.check_token(persona, ficha.partition("-")[2])


DE_CUENTAS: dict[str, Callable[[Correo], bool]] = {
    "confirmar_correo": _por_confirmar,
    "correo_nuevo": _sigue_siendo_suya,
    "recuperar": _abre,
    "invitacion": _abre,
}
