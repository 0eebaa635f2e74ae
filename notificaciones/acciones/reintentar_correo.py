"""`reintentar_correo`: send again what a Gestión owes its owner and could not be delivered (matriz.md §3)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.acciones.guarda import con_candado_de_onsec
from tramites.eventos import TipoEvento
from tramites.reglas.permisos import exigir

from ..correo.salida import encolar
from ..correo.vigencia import al_dia
from ..models import Correo, CorreoQuerySet


def reintentar_correo(*, numero: int, actor: Any, ahora: datetime) -> int:
    """Give its failed mails all their attempts again; how many. Raises `NoPermitido`, `Conflicto`.

    Those that lost their purpose, as a previo that waits for nobody, stay: `vencidos` counts them.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        exigir(gestion, actor, "reintentar_correo")
        momento = gestion.momento(ahora)
        pks = _sin_salir(numero).filter(pk__in=_vigentes(numero, ahora)).reintentar(momento)
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


def vencidos(*, numero: int, ahora: datetime) -> int:
    """How many mails of the Gestión did not go out and would say today what is not so."""
    return _sin_salir(numero).exclude(pk__in=_vigentes(numero, ahora)).count()


def _sin_salir(numero: int) -> CorreoQuerySet:
    return Correo.objects.filter(gestion=numero).sin_salir()


def _vigentes(numero: int, ahora: datetime) -> list[int]:
    correos = _sin_salir(numero).select_related("evento", "destinatario")
    return [correo.pk for correo in correos if al_dia(correo, ahora=ahora)]
