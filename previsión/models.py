"""The tables of this app; they live with the noun they serve."""

from .catalogos.models import Opcion, TextoEditable

__all__ = ["Opcion", "TextoEditable"]
