"""The refusals of the rules: each says what to do, and each page answers it in its way (matriz.md §1)."""

from tramites.definicion import Paso
from tramites.models import Estado


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


class RenglonPendiente(AccionRechazada):
    """An observed renglón is not corrected yet."""

    def __init__(self, renglones: list[int], mensaje: str) -> None:
        super().__init__(mensaje)
        self.renglones = renglones


POR_ESTADO = {
    Estado.RECIBIDA: "Su Gestión ya fue enviada. No tiene que hacer nada más.",
    Estado.OBSERVADA: "ONSEC ya revisó esta Gestión. Lea el resultado.",
    Estado.ADMITIDA: "ONSEC ya revisó esta Gestión. Lea el resultado.",
    Estado.ARCHIVADA: "Esta Gestión está archivada. Llame a ONSEC si desea continuarla.",
}
CAMBIO = "Otra pestaña o persona hizo un cambio después de que usted abrió la página."
