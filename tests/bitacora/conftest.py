"""The log's tests."""

from datetime import UTC, datetime

import pytest

from bitacora.models import Evento

AHORA = datetime(2026, 3, 11, 18, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def anotar():
    """Write so many events, of the system, in the log."""

    def anotar(cuantos: int = 1, **campos) -> list[Evento]:
        campos = {"tipo": "paso_guardado", "ahora": AHORA, **campos}
        return [Evento.objects.registrar(gestion=n, **campos) for n in range(1, cuantos + 1)]

    return anotar
