"""Which steps take answers now: of a draft, or of what was sent back (matriz.md §4)."""

from tramites.definicion import ClasePaso, Paso
from tramites.models import Estado, Gestion

from .correccion import Correccion
from .rechazos import POR_ESTADO, Conflicto, PasoPendiente


def exigir_editable(gestion: Gestion) -> None:
    """Refuse with the sentence of its state what only a draft admits."""
    if not gestion.editable:
        raise Conflicto(POR_ESTADO[Estado(gestion.estado)])


def exigir_paso_abierto(gestion: Gestion, paso: Paso) -> None:
    """The step takes answers now: `asistente` says it of a draft, the previo of the rest (matriz.md §4)."""
    if gestion.en_correccion:
        correccion = Correccion.de(gestion)
        if not correccion.paso_abierto(paso):
            raise Conflicto("ONSEC no pidió cambiar este paso.")
        pendiente = correccion.paso_pendiente()
        if pendiente and pendiente.numero < paso.numero and paso.clase is not ClasePaso.DOCUMENTOS:
            raise PasoPendiente(pendiente)
        return
    exigir_editable(gestion)
    exigir_alcanzado(gestion, paso)


def exigir_alcanzado(gestion: Gestion, paso: Paso) -> None:
    """Everything before the step of a draft is answered; `PasoPendiente` with the first that is not."""
    if not gestion.paso_abierto(paso):
        raise PasoPendiente(gestion.pendiente)
