"""T4 «Admitir expediente»: form and substance are right (art. 31 §2 of the Ley; 24 of the Reglamento)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Gestion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import AccionRechazada
from tramites.reglas.revision import impide_admitir, veredictos_de

from .guarda import con_candado_de_onsec


def admitir(*, numero: int, actor: Any, version: int, ahora: datetime) -> Gestion:
    """Admit it; who, when and the legal base are in the event (F2).

    Raises `AccionRechazada` naming what is not «Verificado», `Conflicto`, `NoPermitido`.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "admitir", version)
        if impide := impide_admitir(gestion, list(veredictos_de(gestion))):
            raise AccionRechazada(impide)
        gestion.admitir(ahora)
        gestion.save()
        Evento.objects.registrar(
            TipoEvento.ADMITIDA,
            actor=actor,
            gestion=numero,
            ahora=ahora,
            datos={"ronda": gestion.ronda, "base": gestion.definicion.base_de(gestion.respuestas_enviadas)},
        )
        return gestion
