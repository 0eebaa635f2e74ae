"""What a paper is before it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Impreso:
    """A paper to render: template, its context and the PDF's title."""

    plantilla: str
    contexto: Mapping[str, Any]
    titulo: str
