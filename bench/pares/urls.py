"""The peers' addresses, under `/bench/`."""

from typing import Any

urlpatterns: list[Any] = []
