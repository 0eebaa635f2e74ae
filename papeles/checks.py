"""What Django's `check` says of this app: whether the machine can print."""

from ctypes import CDLL
from typing import Any

from django.core.checks import CheckMessage, Warning, register

BIBLIOTECAS = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}


@register()
def impresion_disponible(**_: Any) -> list[CheckMessage]:
    """Warn of the system libraries that making a PDF needs and this machine lacks."""
    faltan = [paquete for biblioteca, paquete in BIBLIOTECAS.items() if not _existe(biblioteca)]
    if not faltan:
        return []
    return [
        Warning(
            "This machine cannot make PDFs: the printed form and the receipts will not be available.",
            hint=f"apt-get install {' '.join(faltan)}",
            id="papeles.W001",
        )
    ]


def _existe(biblioteca: str) -> bool:
    try:
        CDLL(biblioteca)
    except OSError:
        return False
    return True
