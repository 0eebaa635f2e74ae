"""The name of an uploaded file, made safe to show and to hand over (S11)."""

import re
import unicodedata
from pathlib import PurePosixPath

MAX_LETRAS = 120
SIN_NOMBRE = "documento.pdf"
# Controls, invisible format signs (bidi, soft hyphen), lone surrogates, private and unassigned signs.
_INVISIBLES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def nombre_visible(nombre: str) -> str:
    """The last part of the path in NFC, on one line, at most 120 letters with its extension kept.

    It is only for people to read: the stored file has a name of ours, and downloads `nombre_de_pdf`.
    """
    ultimo = re.split(r"[/\\]", nombre)[-1]
    # A line break parts words; the rest of what cannot be seen just goes.
    visible = "".join(c for c in ultimo if c.isspace() or unicodedata.category(c) not in _INVISIBLES)
    limpio = unicodedata.normalize("NFC", " ".join(visible.split()))
    return _abreviar(limpio) if PurePosixPath(limpio).stem.strip(". ") else SIN_NOMBRE


def nombre_de_pdf(nombre: str) -> str:
    """The name under which a PDF is handed over: what can be seen of its own, and always `.pdf` at the end.

    Whatever name it came with: a system opens a file by how its name ends. Dots and spaces at the ends go,
    for Windows drops them after the last letter and browsers before the first.
    """
    limpio = nombre_visible(nombre).strip(" .")
    sin_extension = limpio[:-4] if limpio.lower().endswith(".pdf") else limpio
    base = sin_extension[: MAX_LETRAS - 4].strip(" .")
    return f"{base}.pdf" if base and limpio.lower() != "pdf" else SIN_NOMBRE


def _abreviar(nombre: str) -> str:
    if len(nombre) <= MAX_LETRAS:
        return nombre
    # What follows the last dot of a very long name may be no extension at all.
    extension = PurePosixPath(nombre).suffix[:10]
    return nombre[: MAX_LETRAS - len(extension) - 1].rstrip(" .") + "…" + extension
