"""`reintentar_correo`: send again what a Gestión owes its owner and could not be delivered (matriz.md §3)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from bitacora.models import Evento
from tramites.acciones.guarda import con_candado_de_onsec
from tramites.acciones.permisos import exigir
from tramites.acciones.registrar_entrega import evento_del_previo
from tramites.eventos import TipoEvento

from .models import Correo
from .salida import encolar


def reintentar_correo(*, numero: int, actor: Any, ahora: datetime) -> int:
    """Give its failed mails all their attempts again; how many. Raises `NoPermitido`, `Conflicto`.

    A previo that no longer waits for its owner is not told any more.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        exigir(gestion, actor, "reintentar_correo")
        ahora = gestion.momento(ahora)
        previo = evento_del_previo(numero) if gestion.en_correccion else None
        vigentes = Correo.objects.filter(~Q(plantilla="previo") | Q(evento=previo), gestion=numero)
        pks = vigentes.reintentar(ahora)
        if pks:
            encolar(pks)
            gestion.save(update_fields=["ultimo_acto_en"])
            Evento.objects.registrar(
                TipoEvento.CORREO_REINTENTADO,
                actor=actor,
                gestion=numero,
                ahora=ahora,
                datos={"correos": len(pks)},
            )
        return len(pks)
