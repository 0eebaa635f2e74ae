"""T2 «Enviar a previo»: return the Gestión with its cases, all at once (F2)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import CasoDePrevio, Gestion, Previo, Resultado, Veredicto
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import AccionRechazada
from tramites.reglas.revision import impide_observar, veredictos_de

from .guarda import con_candado_de_onsec

MOTIVO = "DOCUMENTOS CON OBSERVACIONES"


def observar(*, numero: int, actor: Any, version: int, motivo: str, ahora: datetime) -> Previo:
    """Issue the previo of this round; an empty motive is «DOCUMENTOS CON OBSERVACIONES».

    Raises `AccionRechazada` naming what is not reviewed yet or when nothing is observed,
    `Conflicto`, `NoPermitido`.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "observar", version)
        veredictos = list(veredictos_de(gestion))
        if impide := impide_observar(gestion, veredictos):
            raise AccionRechazada(impide)
        observados = [v for v in veredictos if v.resultado == Resultado.OBSERVADO]
        previo = _emitir(gestion, actor, motivo.strip() or MOTIVO, observados, ahora)
        gestion.observar()
        gestion.save()
        Evento.objects.registrar(
            TipoEvento.PREVIO_EMITIDO,
            actor=actor,
            gestion=numero,
            ahora=ahora,
            datos={
                "ronda": previo.ronda,
                "casos": [v.renglon or v.paso for v in observados],
                "justificados": [v.renglon or v.paso for v in observados if v.justificacion],
            },
        )
        return previo


def _emitir(
    gestion: Gestion, actor: Any, motivo: str, observados: list[Veredicto], ahora: datetime
) -> Previo:
    previo = Previo.objects.create(
        gestion=gestion, ronda=gestion.ronda, motivo=motivo, emitido_en=ahora, emitido_por=actor
    )
    for veredicto in observados:
        caso = CasoDePrevio.objects.create(
            previo=previo,
            renglon=veredicto.renglon,
            paso=veredicto.paso,
            texto=veredicto.texto,
            pagina=veredicto.pagina,
            justificacion=veredicto.justificacion,
        )
        caso.archivos.set(veredicto.archivos.all())
    return previo
