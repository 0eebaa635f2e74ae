"""`reintentar_correo`: send again what a Gestión owes its owner and could not be delivered (matriz.md §3)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.acciones.guarda import con_candado_de_onsec
from tramites.eventos import TipoEvento
from tramites.reglas.permisos import exigir

from ..correo.salida import encolar
from ..correo.vigencia import vigentes
from ..models import Correo


def reintentar_correo(*, numero: int, actor: Any, ahora: datetime) -> int:
    """Give its failed mails all their attempts again; how many. Raises `NoPermitido`, `Conflicto`.

    Those that lost their purpose, as a previo that waits for nobody, stay: `no_vigentes` counts them.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        exigir(gestion, actor, "reintentar_correo")
        momento = gestion.momento(ahora)
        pks = Correo.objects.filter(pk__in=vigentes(numero=numero, ahora=ahora)).reintentar(momento)
        if pks:
            encolar(pks)
            gestion.save(update_fields=["ultimo_acto_en"])
            Evento.objects.registrar(
                TipoEvento.CORREO_REINTENTADO,
                actor=actor,
                gestion=numero,
                ahora=momento,
                datos={"correos": len(pks)},
            )
        return len(pks)
