"""A procedure of the tests', lent to the registry: what the engine says of invalidez it says of any."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cuentas.models import Usuario
from tests.tramites import escenas
from tramites import registro
from tramites.definicion import Tramite


@pytest.fixture
def permiso() -> Iterator[Tramite]:
    """A procedure of another family, otherwise as invalidez."""
    invalidez = registro.obtener("invalidez")
    otro = replace(
        invalidez,
        clave="permiso",
        nombre="Permiso de Juguete",
        rotulo="Juguete",
        familia="Permisos",
        para_quien="Para quien cuida un juguete ajeno.",
    )
    with registro.prestado(otro):
        yield otro


@pytest.fixture
def titular(db) -> Usuario:
    return escenas.titular()


@pytest.fixture
def cliente(client, titular):
    """A browser where the owner is signed in."""
    client.force_login(titular)
    return client
