"""«Eliminar» a file: what was never sent is erased; what was, hidden and kept as a version (E4)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bitacora.models import Evento
from papeles.almacen import despedir
from papeles.rechazos import RECHAZOS
from tramites.eventos import TipoEvento
from tramites.models import Documento
from tramites.reglas.correccion import Correccion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import Conflicto

from .guarda import con_candado


def retirar(*, numero: int, actor: Any, documento_id: UUID, ahora: datetime) -> Documento:
    """Take the file out of its owner's table. If it is erased, its bytes go after the commit.

    Raises `Conflicto`; `Documento.DoesNotExist` when it is not in this Gestión or already gone.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "retirar")
        documento = Documento.objects.get(pk=documento_id, gestion=gestion, retirado_en=None)
        if gestion.en_correccion and not Correccion(gestion).puede_eliminar(documento):
            raise Conflicto(str(RECHAZOS["renglon_cerrado"]))
        if documento.envio_id:
            documento.retirado_en = ahora
            documento.save(update_fields=["retirado_en"])
        else:
            _borrar(documento)
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


def _borrar(documento: Documento) -> None:
    """Delete the row, and the bytes after the commit; if that is cut, `barrer_archivos` takes them."""
    archivo = documento.archivo
    despedir(archivo)
    documento.delete()
    transaction.on_commit(lambda: archivo.delete(save=False), robust=True)
