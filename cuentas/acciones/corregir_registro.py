"""Correct the address of a registration not confirmed yet, told to nobody else; or send its mail again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cuentas.models import Registro

from .confirmar_registro import vigentes
from .registrar import avisar_al_correo, enviar_confirmacion

CORRECCIONES = 5


@transaction.atomic
def corregir_registro(pk: UUID, *, correo: str, ahora: datetime) -> Registro | None:
    """The registration, with its mail owed to that address; None if it lapsed or was confirmed meanwhile.

    With another address the earlier links stop working. Past CORRECCIONES it stays as it is.
    """
    registro = vigentes(ahora).select_for_update().filter(pk=pk).first()
    if registro is None:
        return None
    if registro.correo != correo:
        if registro.correcciones >= CORRECCIONES:
            return registro
        registro.correo = correo
        registro.correcciones += 1
        registro.save(update_fields=["correo", "correcciones"])
        avisar_al_correo(correo)
    enviar_confirmacion(registro)
    return registro
