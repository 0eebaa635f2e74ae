"""T3: send the correction; the number stays, and so does the analyst (E6, matriz.md §5)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bitacora.models import Evento
from tramites.definicion import ClasePaso
from tramites.eventos import TipoEvento
from tramites.models import Envio, Gestion, Resultado, Veredicto
from tramites.models.correccion import Correccion

from .enviar import registrar_envio
from .guarda import AccionRechazada, PasoPendiente, con_candado, exigir_version
from .permisos import exigir
from .tomar import puede_revisar


def reenviar(*, numero: int, actor: Any, ficha: UUID, version: int, ahora: datetime) -> Envio:
    """The sending of the next round, or the one that this ficha already made.

    Raises `AccionRechazada` naming what is not corrected yet, `PasoPendiente`, `Conflicto`.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        hecho = Envio.objects.filter(gestion=gestion, ficha=ficha).first()
        if hecho:
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


def exigir_corregida(gestion: Gestion) -> None:
    """Everything observed was redone; nothing observed stays (T3)."""
    correccion = Correccion(gestion)
    if pendiente := correccion.paso_pendiente():
        raise PasoPendiente(pendiente)
    if faltan := correccion.sin_archivo_nuevo():
        lista = ", ".join(f"{n}. {gestion.definicion.requisito(n).nombre}" for n in faltan)
        raise AccionRechazada(f"Cargue un archivo nuevo en: {lista}. Después presione «Continuar».")
    if presentes := correccion.observados_presentes():
        raise AccionRechazada(
            f"Elimine el archivo observado en el documento {presentes[0].renglon} y cargue el corregido."
        )
    if gestion.formulario_vigente is None:
        raise PasoPendiente(gestion.definicion.de_clase(ClasePaso.ENTERADO))


def _conservar_verificados(gestion: Gestion, ronda: int, cambiados: set[int]) -> None:
    """What was verified and did not change is born verified in the new round."""
    anteriores = gestion.veredictos.filter(
        ronda=ronda - 1, resultado=Resultado.VERIFICADO, renglon__isnull=False
    ).exclude(renglon__in=cambiados)
    Veredicto.objects.bulk_create(
        Veredicto(
            gestion=gestion,
            ronda=ronda,
            renglon=v.renglon,
            resultado=v.resultado,
            juzgado_por=v.juzgado_por,
            juzgado_en=v.juzgado_en,
        )
        for v in anteriores
    )
