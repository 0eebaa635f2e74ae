"""What every action starts with: the locked row, and the refusals it may raise (matriz.md §2)."""

from typing import Any, TypeVar
from uuid import UUID

from tramites import asistente
from tramites.definicion import ClasePaso, Paso
from tramites.models import Documento, Envio, Estado, Gestion, Nota, Rectificacion
from tramites.models.correccion import Correccion

ConFicha = TypeVar("ConFicha", Documento, Envio, Nota, Rectificacion)


class AccionRechazada(Exception):
    """The act is not done and nothing was written; `mensaje` says what to do (mensajes.md)."""

    def __init__(self, mensaje: str) -> None:
        super().__init__(mensaje)
        self.mensaje = mensaje


class Conflicto(AccionRechazada):
    """The state, or another act in between, forbids it: a 409 page."""


class PasoPendiente(AccionRechazada):
    """A step before must be completed first."""

    def __init__(self, paso: Paso, mensaje: str = "") -> None:
        super().__init__(mensaje or f"Primero complete el paso {paso.numero}, {paso.nombre}.")
        self.paso = paso


POR_ESTADO = {
    Estado.RECIBIDA: "Su Gestión ya fue enviada. No tiene que hacer nada más.",
    Estado.OBSERVADA: "ONSEC ya revisó esta Gestión. Lea el resultado.",
    Estado.ADMITIDA: "ONSEC ya revisó esta Gestión. Lea el resultado.",
    Estado.ARCHIVADA: "Esta Gestión está archivada. Llame a ONSEC si desea continuarla.",
}
CAMBIO = "Otra pestaña o persona hizo un cambio después de que usted abrió la página."


def con_candado(numero: int, actor: Any) -> Gestion:
    """The owner's Gestión, locked until the transaction ends; its rows are read as they are asked.

    Raises `Gestion.DoesNotExist` when it is not the actor's: the same as if it did not exist (C9).
    """
    propias = Gestion.objects.filter(solicitante=actor).select_related("solicitante")
    return propias.select_for_update(of=("self",)).get(numero=numero)


def con_candado_de_onsec(numero: int) -> Gestion:
    """A Gestión for the desk, locked; the action then asks `permisos.exigir`.

    Its analyst is read after the lock: a row joined to a locked one may be older than it.
    """
    return (
        Gestion.objects.select_for_update(of=("self",))
        .select_related("solicitante")
        .prefetch_related("respuestas", "versiones", "documentos", "envios")
        .get(numero=numero)
    )


def hecho_con(modelo: type[ConFicha], ficha: UUID, gestion: Gestion) -> ConFicha | None:
    """What this one-use ficha already made; `Conflicto` when it did so in another Gestión (S13, B7.5)."""
    hecho = modelo._default_manager.filter(ficha=ficha).first()
    if hecho and hecho.gestion_id != gestion.pk:
        raise Conflicto(CAMBIO)
    return hecho


def exigir_editable(gestion: Gestion) -> None:
    """Refuse with the sentence of its state what only a draft admits."""
    if not gestion.editable:
        raise Conflicto(POR_ESTADO[Estado(gestion.estado)])


def exigir_paso_abierto(gestion: Gestion, paso: Paso) -> None:
    """The step takes answers now: `asistente` says it of a draft, the previo of what was returned (§4)."""
    if gestion.en_correccion:
        correccion = Correccion.de(gestion)
        if not correccion.paso_abierto(paso):
            raise Conflicto("ONSEC no pidió cambiar este paso.")
        pendiente = correccion.paso_pendiente()
        if pendiente and pendiente.numero < paso.numero and paso.clase is not ClasePaso.DOCUMENTOS:
            raise PasoPendiente(pendiente)
        return
    exigir_editable(gestion)
    completos = gestion.pasos_completos()
    if not asistente.esta_abierto(gestion.definicion, completos, paso):
        raise PasoPendiente(asistente.primer_pendiente(gestion.definicion, completos))


def exigir_version(gestion: Gestion, version: int) -> None:
    """Refuse an act decided on a page that is no longer what stands."""
    if gestion.version != version:
        raise Conflicto(CAMBIO)
