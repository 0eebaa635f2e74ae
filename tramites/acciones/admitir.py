"""T4 «Admitir expediente»: form and substance are right (art. 31 §2 of the Ley; 24 of the Reglamento)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Gestion, Resultado

from .guarda import AccionRechazada, con_candado_de_onsec
from .observar import veredictos_de
from .permisos import exigir


def admitir(*, numero: int, actor: Any, version: int, ahora: datetime) -> Gestion:
    """Admit it; who, when and the legal base are in the event (F2).

    Raises `AccionRechazada` naming what is not «Verificado», `Conflicto`, `NoPermitido`.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "admitir", version)
        _exigir_verificada(gestion)
        gestion.admitir(ahora)
        gestion.save()
        Evento.objects.registrar(
            TipoEvento.ADMITIDA,
            actor=actor,
            gestion=numero,
            ahora=ahora,
            datos={"ronda": gestion.ronda, "base": gestion.definicion.base_admision},
        )
        return gestion


def _exigir_verificada(gestion: Gestion) -> None:
    veredictos = list(veredictos_de(gestion))
    verificados = {v.renglon for v in veredictos if v.resultado == Resultado.VERIFICADO}
    con_archivos = {d.renglon for d in gestion.documentos_vigentes if d.envio_id}
    faltan = sorted((set(gestion.definicion.obligatorios) | con_archivos) - verificados)
    if faltan:
        raise AccionRechazada(f"No se puede admitir: {', '.join(map(str, faltan))} sin «Verificado».")
    if any(v.resultado == Resultado.OBSERVADO for v in veredictos):
        raise AccionRechazada("No se puede admitir: hay un paso o documento «Con observación».")
