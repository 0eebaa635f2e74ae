"""Indexes that find what was typed, and how any index is built on a table that is in use."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import AddIndex
from django.db.models import Q


def trigramas(campo: str, *, name: str, condition: Q | None = None) -> GinIndex:
    """Of any part of a text, from three letters (pg_trgm); to SQLite, an index as any other."""
    return GinIndex(fields=[campo], opclasses=["gin_trgm_ops"], name=name, condition=condition)


class IndiceSinEsperar(AddIndexConcurrently):
    """An index built while others write; in a migration without a transaction of its own.

    It waits as long as it must, for nobody waits behind it, and leaves alone what an attempt cut short built.
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
        """Whether one of that name serves; `migrate` takes away before those that do not."""
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM pg_index WHERE indexrelid = to_regclass(quote_ident(%s)) AND indisvalid",
                [self.index.name],
            )
            return cursor.fetchone() is not None


@contextmanager
def _sin_limite(schema_editor: Any) -> Iterator[None]:
    """Without the limit that `migrate` sets to the waits for a lock: this one holds up no page."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        (antes,) = cursor.fetchone()
        cursor.execute("SELECT set_config('lock_timeout', '0', false)")
        try:
            yield
        finally:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [antes])
