"""The limits in force in the tests of the intake, and the question asked in most of them."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import asdict

import pytest

from papeles import inspeccionar as modulo
from papeles.hijo.veredicto import juzgar
from papeles.inspeccionar import Limites, PdfRechazado, inspeccionar

LIMITES = Limites(max_mb=10, max_paginas=100)


@pytest.fixture(scope="module")
def sin_hijo() -> Iterator[None]:
    """The child's judgement, in this very process: a thousand times faster, and as true of honest files."""

    def preguntar(archivo, limites):
        archivo.seek(0)
        datos = archivo.read()
        return hashlib.sha256(datos).hexdigest(), juzgar(datos, asdict(limites))

    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(modulo, "_preguntar", preguntar)
        yield


def clave_de(datos: bytes) -> str:
    """The key of the refusal, or «aceptado»."""
    try:
        inspeccionar(io.BytesIO(datos), limites=LIMITES)
    except PdfRechazado as rechazo:
        return rechazo.clave
    return "aceptado"


@pytest.fixture
def veredicto() -> Callable[[bytes], str]:
    """`clave_de`: through the child, unless the module asks for `sin_hijo`."""
    return clave_de
