"""The tables of this app; they live with the noun they serve."""

from .catalogos.models import Opcion, Razon, TextoEditable

__all__ = ["Opcion", "Razon", "TextoEditable"]
