"""«Eliminar» a file of a draft: nothing was sent, so it is erased (E4)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Documento

from .guarda import con_candado, exigir_editable


def retirar(*, numero: int, actor: Any, documento_id: UUID, ahora: datetime) -> Documento:
    """Erase a file that was never sent; its bytes go once the change is committed.

    Raises `Conflicto`; `Documento.DoesNotExist` when it is not in this Gestión or already gone.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        exigir_editable(gestion)
        documento = Documento.objects.get(pk=documento_id, gestion=gestion)
        archivo = documento.archivo
        documento.delete()
        transaction.on_commit(lambda: archivo.delete(save=False))
        gestion.registrar_acto(ahora)
        gestion.save()
        Evento.objects.registrar(
            TipoEvento.DOCUMENTO_RETIRADO,
            actor=actor,
            gestion=numero,
            ahora=ahora,
            datos={"renglon": documento.renglon, "sha256": documento.sha256},
        )
        return documento
