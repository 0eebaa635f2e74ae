"""The owner of a Gestión and a browser of theirs, as the engine's tests have them."""

from tests.tramites.conftest import cliente, titular

__all__ = ["cliente", "titular"]
