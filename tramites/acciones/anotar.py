"""An internal note, which its owner never sees (F6)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Nota
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import AccionRechazada

from .guarda import con_candado_de_onsec, hecho_con


def anotar(*, numero: int, actor: Any, texto: str, ficha: UUID, ahora: datetime) -> Nota:
    """An internal note with its date; its owner never sees it. The same `ficha` twice is one note (S13).

    Raises `AccionRechazada` when empty, `Conflicto`, `NoPermitido`.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "anotar")
        if hecha := hecho_con(Nota, ficha, gestion):
            return hecha
        if not texto.strip():
            raise AccionRechazada("Escriba la nota.")
        nota = gestion.notas.create(autor=actor, texto=texto.strip(), ficha=ficha, escrita_en=ahora)
        gestion.save(update_fields=["ultimo_acto_en"])
        Evento.objects.registrar(TipoEvento.NOTA_INTERNA, actor=actor, gestion=numero, ahora=ahora)
        return nota
