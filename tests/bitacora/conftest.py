"""The log's tests."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from bitacora.models import Evento, Sello

AHORA = datetime(2026, 3, 11, 18, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def anotar():
    """Write so many events, of the system, in the log."""

    def anotar(cuantos: int = 1, **campos) -> list[Evento]:
        campos = {"tipo": "paso_guardado", "ahora": AHORA, **campos}
        return [Evento.objects.registrar(gestion=n, **campos) for n in range(1, cuantos + 1)]

    return anotar


@pytest.fixture
def sabotear():
    """Run SQL as someone who can lift the triggers and the constraints."""

    def sabotear(*sentencias: str) -> None:
        with connection.cursor() as cursor:
            for sentencia in (*LEVANTAR[connection.vendor], *sentencias, *BAJAR[connection.vendor]):
                cursor.execute(sentencia)

    return sabotear


LEVANTAR = {
    # A replica neither fires triggers nor checks foreign keys.
    "postgresql": ["SET LOCAL session_replication_role = replica"],
    "sqlite": [
        f"DROP TRIGGER IF EXISTS bitacora_{tabla}_solo_agregar_{acto}"
        for tabla in ("evento", "sello")
        for acto in ("UPDATE", "DELETE")
    ],
}
BAJAR = {"postgresql": ["SET LOCAL session_replication_role = origin"], "sqlite": []}


@pytest.fixture
def cortar(sabotear):
    """Take away the seals from `desde` on, and their events."""

    def cortar(*, desde: int) -> None:
        cola = Sello.objects.filter(n__gte=desde).values_list("evento_id", flat=True)
        sabotear(*(sentencia for evento in cola for sentencia in borrar(evento)))

    return cortar


def borrar(evento: int) -> tuple[str, str]:
    """An event and its seal."""
    return (
        f"DELETE FROM bitacora_sello WHERE evento_id = {evento}",
        f"DELETE FROM bitacora_evento WHERE id = {evento}",
    )
