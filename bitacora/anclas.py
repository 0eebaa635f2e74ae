"""Anchors: what is written outside the database about how long the chain was and what it ended in.

`RUTA_ANCLAS/AAAA-MM.txt` has a line a day; `ultima.txt`, the last seal of all, rewritten whenever the chain
grows. Whoever can rewrite or cut the chain cannot make it agree with them: so the folder belongs on another
disk than the database's, where the web process cannot write (docker-compose.yml), and is copied away.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from bitacora.models import Anclaje, Sello

ULTIMA = "ultima.txt"


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


class CadenaRota(Exception):
    """The chain no longer holds the seal that the last anchor names: it was cut or rewritten."""


class AnclasPerdidas(Exception):
    """The database remembers anchors of which the folder has none."""


def anclar(*, ahora: datetime) -> None:
    """Leave the chain's last seal in `ultima.txt` and, once a day, in the month's file and in the database.

    Its caller holds the sealers' turn. Raises OSError when the folder does not take it, `AnclaIlegible`, and
    `CadenaRota`, leaving then the anchor that says so. `AnclasPerdidas` is raised after anchoring anew.
    """
    anterior, cadena = ultima(), Sello.objects.order_by("n")
    # The seal must still have its event: whoever disabled the triggers could have deleted the event alone.
    vigente = cadena.filter(evento__resumen__gt="")
    if anterior and not vigente.filter(n=anterior.n, huella=anterior.huella).exists():
        raise CadenaRota(str(anterior))
    sello = cadena.last()
    if sello is None:
        return
    perdidas = anterior is None and Anclaje.objects.exists()
    ancla = Ancla(timezone.localdate(ahora), sello.n, sello.huella)
    if anterior is None or anterior.n < ancla.n:
        _escribir(settings.RUTA_ANCLAS / ULTIMA, [ancla])
    _anclar_el_dia(ancla)
    if perdidas:
        raise AnclasPerdidas


def _anclar_el_dia(ancla: Ancla) -> None:
    """Write the day's line in the file, then the row that remembers it.

    A process killed between both leaves a line without its row; the next call adds the row.
    """
    if Anclaje.objects.filter(fecha=ancla.fecha).exists():
        return
    archivo = settings.RUTA_ANCLAS / f"{ancla.fecha:%Y-%m}.txt"
    lineas = list(_leer(archivo))
    escrita = next((linea for linea in lineas if linea.fecha == ancla.fecha), None)
    if escrita is None:
        _escribir(archivo, [*lineas, ancla])
    hecha = escrita or ancla
    Anclaje.objects.create(fecha=hecha.fecha, n=hecha.n, huella=hecha.huella)


def dias() -> Iterator[Ancla]:
    """The days' anchors, oldest first; raises AnclaIlegible."""
    for archivo in sorted(settings.RUTA_ANCLAS.glob("[0-9]*.txt")):
        yield from _leer(archivo)


def ultima() -> Ancla | None:
    """The seal that the chain ended in when it was last seen; raises AnclaIlegible."""
    return next(_leer(settings.RUTA_ANCLAS / ULTIMA), None)


def _leer(archivo: Path) -> Iterator[Ancla]:
    """The anchors of a file; none if there is no file. A last line cut before its newline is left out."""
    texto = archivo.read_text("ascii", errors="replace") if archivo.exists() else ""
    for numero, linea in enumerate(texto.split("\n")[:-1], start=1):
        try:
            fecha, n, huella = linea.split()
            yield Ancla(date.fromisoformat(fecha), int(n), huella)
        except ValueError as error:
            raise AnclaIlegible(f"{archivo.name}, línea {numero}") from error


def _escribir(archivo: Path, anclas: list[Ancla]) -> None:
    """Replace the file atomically: it holds all of the anchors or what it held before, synced to the disk."""
    archivo.parent.mkdir(parents=True, exist_ok=True)
    provisional = archivo.with_name(
        f".{archivo.name}"
    )  # one fixed name: only one sealer writes at a time, and it overwrites a leftover
    try:
        with provisional.open("w", encoding="ascii") as salida:
            salida.writelines(f"{ancla}\n" for ancla in anclas)
            salida.flush()
            os.fsync(salida.fileno())
        provisional.replace(archivo)
    finally:
        provisional.unlink(missing_ok=True)
    carpeta = os.open(archivo.parent, os.O_RDONLY)
    try:
        os.fsync(carpeta)
    finally:
        os.close(carpeta)
