"""Step 5: confirm, which freezes steps 1-3 into the version that is printed and signed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bitacora.models import Evento
from tramites.definicion import ClasePaso, Paso
from tramites.eventos import TipoEvento
from tramites.models import Gestion, VersionFormulario
from tramites.reglas.correccion import Correccion
from tramites.reglas.pasos import exigir_paso_abierto
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import PasoPendiente

from .guarda import con_candado
from .leer_acta import exigir_de_hoy


def confirmar_enterado(*, numero: int, actor: Any, descarga: bool, ahora: datetime) -> VersionFormulario:
    """The version in force: the one already confirmed, or a new one frozen now.

    The acta's date is fixed here; if it is not the one the person saw in step 4, the acta must be
    read again (B4.3). `descarga` notes that the paper was asked for.
    Raises `Conflicto`; `PasoPendiente` also when an answer no longer holds today.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        hoy, ahora = timezone.localdate(ahora), gestion.momento(ahora)
        exigir(gestion, actor, "confirmar_enterado")
        exigir_paso_abierto(gestion, gestion.de_clase(ClasePaso.ENTERADO))
        version = gestion.formulario_vigente or _congelar(gestion, actor, hoy, ahora)
        if descarga and version.descargada_en is None:
            version.descargada_en = ahora
            version.save(update_fields=["descargada_en"])
        return version


def _congelar(gestion: Gestion, actor: Any, hoy: date, ahora: datetime) -> VersionFormulario:
    """Everything before is answered and valid on `hoy`, and the acta, if any, was read with that date."""
    contenido = _contenido(gestion, hoy)
    if acta := gestion.definicion.busca(ClasePaso.ACTA):
        exigir_de_hoy(acta, (gestion.valores_de(acta) or {}).get("fecha"), hoy)
    version = VersionFormulario.objects.create(
        gestion=gestion,
        n=len(gestion.suyos("versiones")) + 1,
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


def _contenido(gestion: Gestion, hoy: date) -> dict[str, Any]:
    """What is frozen: values and what they read, so that no later catalogue changes the paper."""
    return {
        "gestion": gestion.numero,
        "tramite": [gestion.tramite, gestion.tramite_version],
        "cui": gestion.titular_cui,
        "nombre_completo": gestion.nombre_escrito,
        "fecha_acta": hoy.isoformat(),
        "meses_archivo": gestion.meses_archivo,
        "pasos": {p.clave: _contenido_de(gestion, p, hoy) for p in gestion.formularios},
        "textos": dict(gestion.definicion.textos_del_dia()),
    }


def _contenido_de(gestion: Gestion, paso: Paso, hoy: date) -> dict[str, Any]:
    """One step of it; `PasoPendiente` when its answer does not hold today."""
    formulario = gestion.formulario(paso, hoy)
    if formulario.is_valid():
        return {
            "valores": formulario.congelables(),
            "legibles": [list(p) for p in formulario.legibles()],
        }
    if congelado := _congelado(gestion, paso):
        return congelado
    raise PasoPendiente(paso)


def _congelado(gestion: Gestion, paso: Paso) -> dict[str, Any] | None:
    """What was sent of a step that the previo leaves closed: newer rules do not touch it (matriz.md §4)."""
    if not gestion.en_correccion or Correccion(gestion).paso_abierto(paso):
        return None
    return gestion.ultimo_envio.version_formulario.contenido["pasos"][paso.clave]
