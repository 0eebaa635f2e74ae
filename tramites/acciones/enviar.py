"""T1: send the draft to ONSEC, once, whatever is pressed twice (B7.4-B7.6)."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Envio, Gestion
from tramites.reglas.envio import exigir_completa, exigir_correo
from tramites.reglas.permisos import exigir, exigir_version

from .guarda import con_candado, hecho_con


def enviar(*, numero: int, actor: Any, ficha: UUID, version: int, ahora: datetime) -> Envio:
    """The sending made now, or the one that this ficha already made.

    Every guard is checked again; what is frozen is not re-validated with newer rules (matriz.md §4).
    Raises `Conflicto` when the state or the version seen is no
    longer that, `PasoPendiente` with the step that fails, `AccionRechazada` if the account's
    e-mail is not verified.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        ahora = gestion.momento(ahora)
        if hecho := hecho_con(Envio, ficha, gestion):
            return hecho
        exigir(gestion, actor, "enviar")
        exigir_version(gestion, version)
        exigir_correo(actor)
        exigir_completa(gestion)
        envio = registrar_envio(gestion, ficha, ahora)
        gestion.enviar(ahora)
        gestion.registrar_acto(ahora)
        gestion.save()
        Evento.objects.registrar(
            TipoEvento.ENVIADA,
            actor=actor,
            gestion=numero,
            ahora=ahora,
            datos={"ronda": envio.ronda, "resumen": envio.resumen},
        )
        return envio


def registrar_envio(gestion: Gestion, ficha: UUID, ahora: datetime) -> Envio:
    """Tie to this sending the frozen form, its name and every file that had not been sent."""
    formulario = gestion.formulario_vigente
    pedidos = {r.numero for r in gestion.renglones}
    documentos = [
        d for d in gestion.documentos_vigentes if d.renglon in pedidos and gestion.responde(d, formulario.pk)
    ]
    cuerpo = "\n".join([formulario.resumen, *(f"{d.renglon} {d.sha256}" for d in documentos)])
    envio = Envio.objects.create(
        gestion=gestion,
        ronda=gestion.envios.count() + 1,
        ficha=ficha,
        enviado_en=ahora,
        version_formulario=formulario,
        resumen=hashlib.sha256(cuerpo.encode()).hexdigest(),
    )
    gestion.documentos.filter(envio=None, retirado_en=None).update(envio=envio)
    gestion.nombrar(formulario.contenido["nombre_completo"])
    return envio
