"""The archive clock in words and numbers (mensajes.md §7). Reads only."""

from dataclasses import dataclass
from datetime import date, timedelta

from .. import plazo
from ..models import Gestion


@dataclass(frozen=True)
class Plazo:
    """The archive clock as the person sees it (mensajes.md §7)."""

    base: date
    ultimo_dia: date
    archivar_el: date
    quedan: int
    meses: int
    pasados: int

    @property
    def regla(self) -> list[bool]:
        """A segment for each month: whether it has passed."""
        return [mes < self.pasados for mes in range(self.meses)]


def plazo_de(gestion: Gestion, hoy: date) -> Plazo | None:
    """None while the clock does not run."""
    base, meses, ultimo = gestion.base_plazo, gestion.meses_archivo, gestion.ultimo_dia
    if ultimo is None or base is None:
        return None
    pasados = sum(plazo.ultimo_dia(base, n) <= hoy for n in range(1, meses + 1))
    return Plazo(base, ultimo, ultimo + timedelta(days=1), (ultimo - hoy).days, meses, pasados)
