"""T4 «Admitir expediente»: form and substance are right (art. 31 §2 of the Ley; 24 of the Reglamento)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Gestion, Resultado, Veredicto

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


def sin_verificar(gestion: Gestion, veredictos: list[Veredicto]) -> list[int]:
    """Compulsory renglones, and those with files, that are not «Verificado» as they stand now."""
    cuentan = gestion.documentos_que_cuentan
    verificados = {v.renglon for v in veredictos if v.resultado == Resultado.VERIFICADO and v.cubre(cuentan)}
    return sorted((set(gestion.definicion.obligatorios) | {d.renglon for d in cuentan}) - verificados)


def _exigir_verificada(gestion: Gestion) -> None:
    veredictos = list(veredictos_de(gestion))
    if faltan := sin_verificar(gestion, veredictos):
        raise AccionRechazada(f"No se puede admitir: {', '.join(map(str, faltan))} sin «Verificado».")
    if any(v.resultado == Resultado.OBSERVADO for v in veredictos):
        raise AccionRechazada("No se puede admitir: hay un paso o documento «Con observación».")
