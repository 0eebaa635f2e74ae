"""Save a step: drafts as typed, or the valid answers with which the person goes on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bitacora.models import Evento
from tramites.definicion import ClasePaso, Paso
from tramites.eventos import TipoEvento
from tramites.formularios import PasoForm
from tramites.models import Gestion, RespuestaPaso
from tramites.reglas.correccion import Correccion
from tramites.reglas.pasos import exigir_paso_abierto
from tramites.reglas.permisos import exigir

from .guarda import con_candado


@dataclass(frozen=True, kw_only=True)
class Escrito:
    """What is kept of a step, valid (`completa`) or not; `continuar`, if the person goes on with it."""

    paso: str
    valores: dict[str, str]
    completa: bool
    continuar: bool

    @classmethod
    def en(cls, paso: Paso, form: PasoForm, *, continuar: bool) -> "Escrito":
        """What its form was sent: the normalised text, or each field as it was typed."""
        valido = form.is_valid()
        valores = form.valores() if valido else form.tecleado()
        return cls(paso=paso.clave, valores=valores, completa=valido, continuar=continuar)


def guardar_paso(*, numero: int, actor: Any, escrito: Escrito, ahora: datetime) -> int | None:
    """Keep it in its step; what depends on it is re-opened if anything changed (B4.3).

    Nothing typed is lost: a wrong or partial draft is kept too. Only going on («Continuar») with a
    valid answer is an event; drafts are not. Returns the number of the printed form that the change
    voided, if any. Raises `Conflicto`, `PasoPendiente`.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        return guardar_con_candado(gestion=gestion, actor=actor, escrito=escrito, ahora=ahora)


def guardar_con_candado(*, gestion: Gestion, actor: Any, escrito: Escrito, ahora: datetime) -> int | None:
    """`guardar_paso` on a Gestión that the caller has locked; the object is left up to date."""
    ahora = gestion.momento(ahora)
    paso = gestion.paso(escrito.paso)
    exigir(gestion, actor, "guardar_paso")
    exigir_paso_abierto(gestion, paso)
    anulada = _escribir(gestion, paso, escrito, ahora)
    gestion.registrar_acto(ahora)
    gestion.save()
    if escrito.completa and escrito.continuar:
        datos: dict[str, Any] = {"paso": paso.numero, "clave": paso.clave}
        datos |= {"anula_formulario": anulada} if anulada else {}
        Evento.objects.registrar(
            TipoEvento.PASO_GUARDADO, actor=actor, gestion=gestion.numero, ahora=ahora, datos=datos
        )
    return anulada


def _escribir(gestion: Gestion, paso: Paso, escrito: Escrito, ahora: datetime) -> int | None:
    """Write the answer; the number of the printed form that it voids, if any."""
    valores = escrito.valores
    cambio = gestion.valores_de(paso) != valores or _por_rehacer(gestion, paso)
    _responder(gestion, paso, valores=valores, completa=escrito.completa, guardada_en=ahora)
    if not cambio:
        return None
    _sincronizar(gestion, paso, valores)
    # What is corrected reaches the office, its name too, when it is sent (matriz.md §4).
    if gestion.editable and gestion.definicion.campos_compartidos & valores.keys():
        gestion.nombrar(gestion.definicion.nombre_completo(valores))
    return anular_formulario(gestion, ahora)


def _por_rehacer(gestion: Gestion, paso: Paso) -> bool:
    """An observed step is redone even if its answers stay: the paper must be signed again (E8)."""
    anterior = _respuesta(gestion, paso)
    return gestion.en_correccion and anterior is not None and not Correccion(gestion).rehecho(anterior)


def _respuesta(gestion: Gestion, paso: Paso) -> RespuestaPaso | None:
    return next((r for r in gestion.suyos("respuestas") if r.paso == paso.clave), None)


def _responder(gestion: Gestion, paso: Paso, **campos: Any) -> None:
    """Write the step's row, the one already read or a new one; the Gestión's lock keeps others out."""
    respuesta = _respuesta(gestion, paso)
    if respuesta is None:
        gestion.respuestas.create(paso=paso.clave, **campos)
        gestion.releer("respuestas")
        return
    for campo, valor in campos.items():
        setattr(respuesta, campo, valor)
    respuesta.save(update_fields=[*campos])


def _sincronizar(gestion: Gestion, paso: Paso, valores: dict[str, str]) -> None:
    """Carry the fields that several steps share to the others already answered (B2.2)."""
    compartidos = {c: v for c, v in valores.items() if c in gestion.definicion.campos_compartidos}
    for respuesta in gestion.suyos("respuestas"):
        distintos = {c: v for c, v in compartidos.items() if respuesta.valores.get(c, v) != v}
        if respuesta.paso != paso.clave and distintos:
            respuesta.valores |= distintos
            respuesta.save(update_fields=["valores"])


def anular_formulario(gestion: Gestion, ahora: datetime) -> int | None:
    """Void the acta seen and the printed form in force: their content is no longer true."""
    paso = gestion.definicion.busca(ClasePaso.ACTA)
    acta = _respuesta(gestion, paso) if paso else None
    if acta is not None:
        acta.delete()
        gestion.releer("respuestas")
    vigente = gestion.formulario_vigente
    if vigente is None:
        return None
    vigente.anulada_en = ahora
    vigente.save(update_fields=["anulada_en"])
    return vigente.n
