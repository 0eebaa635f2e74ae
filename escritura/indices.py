"""Indexes that find what was typed, and how any index is built on a table that is in use."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import AddIndex
from django.db.models import Q


def trigramas(campo: str, *, name: str, condition: Q | None = None) -> GinIndex:
    """An index that finds any part of a text, from three letters (pg_trgm). On SQLite, an ordinary index."""
    return GinIndex(fields=[campo], opclasses=["gin_trgm_ops"], name=name, condition=condition)


class IndiceSinEsperar(AddIndexConcurrently):
    """`CREATE INDEX CONCURRENTLY`: others go on writing. Its migration needs `atomic = False`.

    It has no lock timeout, since nobody queues behind it, and does nothing if a valid index has that name.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            AddIndex.database_forwards(self, app_label, schema_editor, from_state, to_state)
            return
        if self._esta(schema_editor):
            return
        with _sin_limite(schema_editor):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            AddIndex.database_backwards(self, app_label, schema_editor, from_state, to_state)
        else:
            super().database_backwards(app_label, schema_editor, from_state, to_state)

    def _esta(self, schema_editor: Any) -> bool:
        """Whether a valid index of that name exists; `migrate` drops the invalid ones before it begins."""
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM pg_index WHERE indexrelid = to_regclass(quote_ident(%s)) AND indisvalid",
                [self.index.name],
            )
            return cursor.fetchone() is not None


@contextmanager
def _sin_limite(schema_editor: Any) -> Iterator[None]:
    """Lift the `lock_timeout` that `migrate` sets, and put it back afterwards."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        (antes,) = cursor.fetchone()
        cursor.execute("SELECT set_config('lock_timeout', '0', false)")
        try:
            yield
        finally:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [antes])
