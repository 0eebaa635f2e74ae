"""Django's `flush`, for the suite: after a test that committed, the rows that the migrations left."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from tests.vaciado.migrado import reponer


class Command(BaseCommand):
    """Takes the options that Django gives to its own; none of them changes what is left."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS)
        parser.add_argument("--noinput", action="store_false", dest="interactive")

    # What Django's TransactionTestCase calls it with, beside those.
    stealth_options = ("reset_sequences", "allow_cascade", "inhibit_post_migrate")

    def handle(self, **options: Any) -> None:
        reponer(connections[options["database"]])
