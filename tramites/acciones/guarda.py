"""What every action starts with: the locked row, and the refusals it may raise (matriz.md §2)."""

from typing import Any, TypeVar
from uuid import UUID

from cuentas.models import Usuario
from tramites.models import Documento, Envio, Gestion, Nota, Rectificacion
from tramites.reglas.rechazos import CAMBIO, Conflicto

ConFicha = TypeVar("ConFicha", Documento, Envio, Nota, Rectificacion)


def con_candado(numero: int, actor: Any, leida: Gestion | None = None) -> Gestion:
    """The owner's Gestión, locked until the transaction ends; its related rows are read when first needed.

    `leida` is the same as it was read before: if nobody wrote since, the form that it had in force is.
    Raises `Gestion.DoesNotExist` when it is not the actor's: the same as if it did not exist (C9).
    """
    gestion = Gestion.objects.filter(solicitante=actor).select_for_update().get(numero=numero)
    gestion.solicitante = actor
    if leida and leida.version == gestion.version:
        gestion.dar_por_vigente(leida.formulario_vigente)
    return gestion


def con_candado_de_onsec(numero: int) -> Gestion:
    """A Gestión for the desk, locked; the action then asks `permisos.exigir`.

    The analyst is not joined but read afterwards: in PostgreSQL, a row joined to one that was waited for
    may be older than it.
    """
    return (
        Gestion.objects.select_for_update(of=("self",))
        .select_related("solicitante")
        .prefetch_related("respuestas", "versiones", "documentos", "envios")
        .get(numero=numero)
    )


def con_candado_de_cuenta(pk: int) -> Usuario:
    """An account as it stands, locked until the transaction ends.

    Whoever deactivates it or changes its role waits for this lock, and then frees what it holds (`devolver`).
    """
    return Usuario.objects.select_for_update(no_key=True).get(pk=pk)


def hecho_con(modelo: type[ConFicha], ficha: UUID, gestion: Gestion) -> ConFicha | None:
    """What this one-use ficha already made; `Conflicto` when it did so in another Gestión (S13, B7.5)."""
    hecho = modelo._default_manager.filter(ficha=ficha).first()
    if hecho and hecho.gestion_id != gestion.pk:
        raise Conflicto(CAMBIO)
    return hecho
