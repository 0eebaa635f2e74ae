"""Step 5: confirm, which freezes steps 1-3 into the version that is printed and signed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bitacora.models import Evento
from tramites.definicion import ClasePaso, Paso
from tramites.eventos import TipoEvento
from tramites.models import Gestion, VersionFormulario
from tramites.models.correccion import Correccion

from .guarda import PasoPendiente, con_candado, exigir_paso_abierto
from .leer_acta import exigir_de_hoy


def confirmar_enterado(*, numero: int, actor: Any, descarga: bool, ahora: datetime) -> VersionFormulario:
    """The version in force: the one already confirmed, or a new one frozen now.

    The acta's date is fixed here; if it is not the one the person saw in step 4, the acta must be
    read again (B4.3). `descarga` notes that the paper was asked for.
    Raises `Conflicto`; `PasoPendiente` also when an answer no longer holds today.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        exigir_paso_abierto(gestion, gestion.definicion.de_clase(ClasePaso.ENTERADO))
        version = gestion.formulario_vigente or _congelar(gestion, actor, ahora)
        if descarga and version.descargada_en is None:
            version.descargada_en = ahora
            version.save(update_fields=["descargada_en"])
        return version


def _congelar(gestion: Gestion, actor: Any, ahora: datetime) -> VersionFormulario:
    hoy = timezone.localdate(ahora)
    _exigir_pasos(gestion, hoy)
    contenido = contenido_de(gestion, hoy)
    version = VersionFormulario.objects.create(
        gestion=gestion,
        n=gestion.versiones.count() + 1,
        contenido=contenido,
        resumen=VersionFormulario.resumir(contenido),
        fecha_acta=hoy,
        confirmada_en=ahora,
    )
    gestion.registrar_acto(ahora)
    gestion.save()
    Evento.objects.registrar(
        TipoEvento.FORMULARIO_CONFIRMADO,
        actor=actor,
        gestion=gestion.numero,
        ahora=ahora,
        datos={"version": version.n, "resumen": version.resumen},
    )
    return version


def _exigir_pasos(gestion: Gestion, hoy: date) -> None:
    """Everything before is answered, still valid today, and the acta was read with today's date."""
    definicion = gestion.definicion
    acta = definicion.de_clase(ClasePaso.ACTA)
    for paso in definicion.formularios:
        if not gestion.formulario(paso, hoy).is_valid() and not _congelado(gestion, paso):
            raise PasoPendiente(paso)
    exigir_de_hoy(acta, (gestion.valores_de(acta) or {}).get("fecha"), hoy)


def contenido_de(gestion: Gestion, hoy: date) -> dict[str, Any]:
    """What is frozen: values and what they read, so that no later catalogue changes the paper."""
    return {
        "gestion": gestion.numero,
        "tramite": [gestion.tramite, gestion.tramite_version],
        "cui": gestion.titular_cui,
        "nombre_completo": gestion.titular_nombre,
        "fecha_acta": hoy.isoformat(),
        "meses_archivo": gestion.meses_archivo,
        "pasos": {p.clave: _contenido(gestion, p, hoy) for p in gestion.definicion.formularios},
        "textos": dict(gestion.definicion.textos_del_dia()),
    }


def _contenido(gestion: Gestion, paso: Paso, hoy: date) -> dict[str, Any]:
    formulario = gestion.formulario(paso, hoy)
    if not formulario.is_valid() and (congelado := _congelado(gestion, paso)):
        return congelado
    return {
        "valores": formulario.congelables(),
        "legibles": [list(p) for p in formulario.legibles()],
    }


def _congelado(gestion: Gestion, paso: Paso) -> dict[str, Any] | None:
    """What was sent of a step that the previo leaves closed: newer rules do not touch it (matriz.md §4)."""
    if not gestion.en_correccion or Correccion(gestion).paso_abierto(paso):
        return None
    enviada = max(gestion.envios.all(), key=lambda e: e.ronda).version_formulario
    return enviada.contenido["pasos"][paso.clave]
