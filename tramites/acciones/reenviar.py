"""T3: send the correction; the number stays, and so does the analyst (E6, matriz.md §5)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Envio, Gestion, Resultado, Veredicto
from tramites.reglas.envio import exigir_corregida
from tramites.reglas.permisos import exigir, exigir_version
from tramites.reglas.revision import puede_revisar

from .enviar import registrar_envio
from .guarda import con_candado, hecho_con


def reenviar(*, numero: int, actor: Any, ficha: UUID, version: int, ahora: datetime) -> Envio:
    """The sending of the next round, or the one that this ficha already made.

    Raises `AccionRechazada` naming what is not corrected yet, `PasoPendiente`, `Conflicto`.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        ahora = gestion.momento(ahora)
        if hecho := hecho_con(Envio, ficha, gestion):
            return hecho
        exigir(gestion, actor, "reenviar")
        exigir_version(gestion, version)
        exigir_corregida(gestion)
        cambiados = {d.renglon for d in gestion.documentos_vigentes if d.envio_id is None}
        envio = registrar_envio(gestion, ficha, ahora)
        _conservar_verificados(gestion, envio.ronda, cambiados)
        if gestion.asignada_a:
            sigue = puede_revisar(gestion, gestion.asignada_a)
            gestion.asignada_a, gestion.asignada_en = (gestion.asignada_a, ahora) if sigue else (None, None)
        gestion.reenviar(ahora)
        gestion.registrar_acto(ahora)
        gestion.save()
        Evento.objects.registrar(
            TipoEvento.REENVIADA,
            actor=actor,
            gestion=numero,
            ahora=ahora,
            datos={"ronda": envio.ronda, "resumen": envio.resumen},
        )
        return envio


def _conservar_verificados(gestion: Gestion, ronda: int, cambiados: set[int]) -> None:
    """What was verified and did not change is born verified in the new round."""
    verificados = gestion.veredictos.filter(
        ronda=ronda - 1, resultado=Resultado.VERIFICADO, renglon__isnull=False
    ).exclude(renglon__in=cambiados)
    anteriores = list(verificados.prefetch_related("vistos"))
    nuevos = Veredicto.objects.bulk_create(
        Veredicto(
            gestion=gestion,
            ronda=ronda,
            renglon=v.renglon,
            resultado=v.resultado,
            juzgado_por_id=v.juzgado_por_id,
            juzgado_en=v.juzgado_en,
        )
        for v in anteriores
    )
    visto = Veredicto.vistos.through
    visto.objects.bulk_create(
        visto(veredicto_id=nuevo.pk, documento_id=d.pk)
        for nuevo, viejo in zip(nuevos, anteriores, strict=True)
        for d in viejo.vistos.all()
    )
