"""What the engine's tests share."""

import pytest

from cuentas.models import Usuario

from . import escenas


@pytest.fixture
def titular(db) -> Usuario:
    return escenas.titular()


@pytest.fixture
def cliente(client, titular):
    """A browser where the owner is signed in."""
    client.force_login(titular)
    return client
