"""What the tests of the knowledge share."""

from collections.abc import Iterator

import pytest

from previsión.catalogos.consultas import olvidar


@pytest.fixture(autouse=True)
def _catalogos_olvidados() -> Iterator[None]:
    """A row that a test writes and rolls back is remembered by no other."""
    olvidar()
    yield
    olvidar()
