"""The limits in force in the tests of the intake, and the question asked in most of them."""

import io
from collections.abc import Callable

import pytest

from tramites.pdf.inspeccionar import Limites, PdfRechazado, inspeccionar

LIMITES = Limites(max_mb=10, max_paginas=100)


def _veredicto(datos: bytes) -> str:
    try:
        inspeccionar(io.BytesIO(datos), limites=LIMITES)
    except PdfRechazado as rechazo:
        return rechazo.clave
    return "aceptado"


@pytest.fixture
def veredicto() -> Callable[[bytes], str]:
    """The key of the refusal, or «aceptado»."""
    return _veredicto
