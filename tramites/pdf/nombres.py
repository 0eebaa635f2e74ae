"""The name of an uploaded file, made safe to show (S11)."""

import re
import unicodedata
from pathlib import PurePosixPath

MAX_LETRAS = 120
SIN_NOMBRE = "documento.pdf"
# Controls, invisible format signs (bidi, soft hyphen), lone surrogates, private and unassigned signs.
_INVISIBLES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def nombre_visible(nombre: str) -> str:
    """The last part of the path in NFC, on one line, at most 120 letters with its extension kept.

    It is only for people to read: the stored file has a name of ours, and downloads take this one
    through Django's `content_disposition_header`.
    """
    ultimo = re.split(r"[/\\]", nombre)[-1]
    # A line break parts words; the rest of what cannot be seen just goes.
    visible = "".join(c for c in ultimo if c.isspace() or unicodedata.category(c) not in _INVISIBLES)
    limpio = unicodedata.normalize("NFC", " ".join(visible.split()))
    return _abreviar(limpio) if PurePosixPath(limpio).stem.strip(". ") else SIN_NOMBRE


def _abreviar(nombre: str) -> str:
    if len(nombre) <= MAX_LETRAS:
        return nombre
    # What follows the last dot of a very long name may be no extension at all.
    extension = PurePosixPath(nombre).suffix[:10]
    return nombre[: MAX_LETRAS - len(extension) - 1].rstrip(" .") + "…" + extension
