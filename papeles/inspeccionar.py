"""Judges an uploaded PDF without letting this process parse it; nothing is rewritten."""

import hashlib
import json
import logging
import math
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from . import aislado
from .turnos import SinTurno

MEGA = 1024 * 1024
CABECERA = 1024
MARCAS_HEIC = {b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1", b"avif"}
HIJO = Path(__file__).with_name("hijo") / "juzgar.py"
BIBLIOTECA = aislado.biblioteca("pypdf")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Limites:
    """What a file may weigh and cost.

    `max_lado_puntos` is the largest page that the PDF standard promises to open, 14,400 points or
    5.08 m (ISO 32000-1, annex C): smaller ones would refuse a telephone's photograph, whose pixels
    many programs turn into points. `segundos_cpu` and `memoria_mb` bound the child (S7, P9), and
    `segundos` is the wall clock, longer because the machine may be busy. `espera`, in seconds too, is how
    long it may wait for its turn before it starts.
    """

    max_mb: int
    max_paginas: int
    max_lado_puntos: int = 14_400
    segundos_cpu: int = 2
    segundos: int = 10
    memoria_mb: int = 256
    espera: int = 15


@dataclass(frozen=True)
class Informe:
    """An accepted file: `tamano` in bytes, `sha256` in hexadecimal, of the bytes received.

    `reparado` tells that the reader had to mend it in order to open it.
    """

    paginas: int
    sha256: str
    tamano: int
    reparado: bool


class PdfRechazado(Exception):
    """The file is refused: `clave` is the cause in mensajes.md §1, `datos` the numbers it names."""

    def __init__(self, clave: str, **datos: Any) -> None:
        super().__init__(clave)
        self.clave, self.datos = clave, datos


def inspeccionar(archivo: IO[bytes] | Path, *, limites: Limites) -> Informe:
    """Tell what the PDF is, or raise `PdfRechazado` with the first cause in the order of mensajes.md §1.

    When no turn to inspect it comes in time, that is `sin_espacio`: to be tried again. Requisitos B6.4.
    Neither the declared type nor the name is asked (S1). The file is left at its beginning, its bytes
    untouched.
    """
    if isinstance(archivo, Path):
        with archivo.open("rb") as abierto:
            return inspeccionar(abierto, limites=limites)
    tamano = archivo.seek(0, os.SEEK_END) or archivo.tell()
    _exigir_tamano(tamano, limites.max_mb)
    archivo.seek(0)
    _exigir_cabecera(archivo.read(CABECERA))
    try:
        sha256, veredicto = _preguntar(archivo, limites)
    finally:
        archivo.seek(0)
    if "clave" in veredicto:
        raise PdfRechazado(veredicto["clave"], **veredicto["datos"])
    return Informe(veredicto["paginas"], sha256, tamano, veredicto["reparado"])


def exceso(tamano: int, max_mb: int) -> PdfRechazado:
    """The refusal of a file of `tamano` bytes; its MB are rounded up so that 10 never exceeds 10."""
    decimas = math.ceil(tamano * 10 / MEGA)
    return PdfRechazado("muy_grande", n=f"{decimas / 10:.1f}".removesuffix(".0"), max=max_mb)


def _exigir_tamano(tamano: int, max_mb: int) -> None:
    if not tamano:
        raise PdfRechazado("vacio")
    if tamano > max_mb * MEGA:
        raise exceso(tamano, max_mb)


def _exigir_cabecera(inicio: bytes) -> None:
    """`%PDF-` within the first 1,024 bytes, wherever it starts (B6.4, S2)."""
    if b"%PDF-" not in inicio:
        raise PdfRechazado("es_imagen" if _es_imagen(inicio) else "no_pdf")


def _es_imagen(inicio: bytes) -> bool:
    """JPEG, PNG, GIF or TIFF by their first bytes; WebP and HEIC by their container's brand."""
    return (
        inicio.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*"))
        or (inicio[:4] == b"RIFF" and inicio[8:12] == b"WEBP")
        or (inicio[4:8] == b"ftyp" and inicio[8:12] in MARCAS_HEIC)
    )


def _preguntar(archivo: IO[bytes], limites: Limites) -> tuple[str, dict[str, Any]]:
    """SHA-256, computed here while the child works, and the child's verdict."""
    pedido = asdict(limites) | {"biblioteca": BIBLIOTECA}
    try:
        with aislado.hijo(HIJO, archivo, pedido, espera=limites.espera) as hijo:
            archivo.seek(0)
            sha256 = hashlib.file_digest(archivo, "sha256").hexdigest()  # type: ignore[arg-type]
            salida = aislado.respuesta(hijo, limites.segundos)
    except SinTurno:
        logger.warning("pdf_sin_turno")
        raise PdfRechazado("sin_espacio") from None
    return sha256, _entender(hijo.returncode, salida)


def _entender(codigo: int, salida: bytes) -> dict[str, Any]:
    """What the child said; its death, by memory, time or a fault of its own, is a verdict too (S9)."""
    try:
        return json.loads(salida)
    except ValueError:
        logger.warning("pdf_sin_veredicto codigo=%s", codigo)
        return {"clave": "demasiado_complejo", "datos": {}}
