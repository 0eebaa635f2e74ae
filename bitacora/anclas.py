"""Anchors: one line a day, outside the database, that says how long the chain was and what it ended in.

Whoever can rewrite the whole chain cannot make it agree with yesterday's line; so `RUTA_ANCLAS` belongs on
another disk or is copied away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from bitacora.models import Sello


@dataclass(frozen=True)
class Ancla:
    """On `fecha` (Guatemala's) the chain had `n` seals and the last one's hash was `huella`."""

    fecha: date
    n: int
    huella: str

    def __str__(self) -> str:
        return f"{self.fecha} {self.n} {self.huella}"


class AnclaIlegible(ValueError):
    """A line that is no anchor; the text names its file and number."""


def anclar(*, ahora: datetime) -> None:
    """Append the day's line to `RUTA_ANCLAS/AAAA-MM.txt`, unless it is there or nothing is sealed yet.

    Two processes at once may both write it: both lines are true.
    """
    ultimo = Sello.objects.order_by("n").last()
    hoy = timezone.localdate(ahora)
    archivo = settings.RUTA_ANCLAS / f"{hoy:%Y-%m}.txt"
    if ultimo is None or (archivo.exists() and f"\n{hoy} " in "\n" + archivo.read_text("ascii")):
        return
    archivo.parent.mkdir(parents=True, exist_ok=True)
    with archivo.open("a", encoding="ascii") as salida:
        salida.write(f"{Ancla(hoy, ultimo.n, ultimo.huella)}\n")


def leer() -> Iterator[Ancla]:
    """Every anchor, oldest first; raises AnclaIlegible."""
    for archivo in sorted(settings.RUTA_ANCLAS.glob("*.txt")):
        for numero, linea in enumerate(archivo.read_text("ascii", errors="replace").splitlines(), start=1):
            try:
                fecha, n, huella = linea.split()
                yield Ancla(date.fromisoformat(fecha), int(n), huella)
            except ValueError as error:
                raise AnclaIlegible(f"{archivo.name}, línea {numero}") from error
