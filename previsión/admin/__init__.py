"""What administración edits of this app, each from a day on and never backwards."""

from .listas import OpcionAdmin
from .razones import RazonAdmin
from .textos import TextoEditableAdmin

__all__ = ["OpcionAdmin", "RazonAdmin", "TextoEditableAdmin"]
