"""Staff say their own CUI, once: with it nobody decides a Gestión of theirs (matriz.md §2)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from bitacora.models import Evento
from cuentas.eventos import TipoEvento
from cuentas.models import Usuario

REPETIDO = "Ese CUI ya es de otra cuenta del personal. Revíselo o llame a administración."


@transaction.atomic
def declarar_cui(persona: Usuario, *, cui: str, ahora: datetime) -> None:
    """Write it (13 digits, valid); administración is told, and only they change it afterwards.

    Raises PermissionDenied if they have one already, ValidationError when it is of another of the staff.
    """
    vigente = Usuario.objects.select_for_update(no_key=True).get(pk=persona.pk, tipo=Usuario.Tipo.PERSONAL)
    if vigente.cui:
        raise PermissionDenied
    vigente.cui = cui
    exigir_propio(vigente)
    try:
        with transaction.atomic():
            vigente.save(update_fields=["cui"])
    except IntegrityError:  # another account took it meanwhile
        raise ValidationError(REPETIDO) from None
    Evento.objects.registrar(
        TipoEvento.CUI_DECLARADO, actor=vigente, ahora=ahora, datos={"cuenta": vigente.pk}
    )


def exigir_propio(persona: Usuario) -> None:
    """Raise ValidationError if another account of the staff has that CUI."""
    otras = Usuario.objects.filter(tipo=Usuario.Tipo.PERSONAL, cui=persona.cui).exclude(pk=persona.pk)
    if persona.cui and otras.exists():
        raise ValidationError(REPETIDO)
