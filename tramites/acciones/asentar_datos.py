"""The internal data of the office, which their subject never sees (F6)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import DatosInternos
from tramites.reglas.permisos import exigir

from .guarda import con_candado_de_onsec


def asentar_datos(
    *,
    numero: int,
    actor: Any,
    version: int,
    datos: Mapping[str, Any],
    propios: Mapping[str, Any] | None = None,
    ahora: datetime,
) -> DatosInternos:
    """The internal data of F6; only the names of what changed go to the log.

    `propios` are those of its procedure, as JSON. All are written whole, over those that the actor saw:
    raises `Conflicto` if the Gestión changed since, `NoPermitido`.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "datos_internos", version)
        internos, _ = DatosInternos.objects.get_or_create(gestion=gestion)
        cambios = _cambiados(internos, datos, propios or {})
        if cambios:
            for campo, valor in datos.items():
                setattr(internos, campo, valor)
            internos.datos |= propios or {}
            internos.save()
            gestion.version += 1
            gestion.save(update_fields=["version", "ultimo_acto_en"])
            Evento.objects.registrar(
                TipoEvento.DATOS_INTERNOS, actor=actor, gestion=numero, ahora=ahora, datos={"campos": cambios}
            )
        return internos


def _cambiados(internos: DatosInternos, datos: Mapping[str, Any], propios: Mapping[str, Any]) -> list[str]:
    """The names of those that would change, in order."""
    comunes = {campo for campo, valor in datos.items() if getattr(internos, campo) != valor}
    return sorted(comunes | {campo for campo, valor in propios.items() if internos.datos.get(campo) != valor})
