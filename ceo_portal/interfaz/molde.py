"""Rows written fast: their template is drawn once for each form that a row takes, and what it says put in.

A row is a pair of named tuples: `forma` is all that its HTML depends on, `textos` are what is written in it,
as it comes. Its template knows them by those names and neither asks about a text nor filters it. What comes
out is byte for byte what the template writes (tests/interfaz/test_molde.py).
"""

import re
from collections.abc import Iterable
from secrets import randbelow
from typing import Any

from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

# How many are kept, one for each template and each form of a row; past that, it begins again.
TOPE = 128
# Digits, which addresses of numbers take, and more of them than any number has.
MARCA = f"{10**29 + randbelow(9 * 10**29)}"
HUECO = re.compile(rf"{MARCA}(\d\d)")

Renglon = tuple[Any, Any]
_moldes: dict[tuple[str, Any], "Molde"] = {}


def escribir(plantilla: str, renglones: Iterable[Renglon], ficha: str) -> SafeString:
    """The HTML of the rows, one after the other; `ficha` is the token of their forms."""
    return mark_safe(  # noqa: S308 - the template's, and each text escaped
        "".join(_molde(plantilla, forma, textos).llenar(ficha, textos) for forma, textos in renglones)
    )


def _molde(plantilla: str, forma: Any, textos: Any) -> "Molde":
    llave = plantilla, forma
    if (molde := _moldes.get(llave)) is None:
        if len(_moldes) >= TOPE:
            _moldes.clear()
        molde = _moldes[llave] = Molde(plantilla, forma, type(textos))
    return molde


class Molde:
    """The HTML of a form of row with its holes, and which text goes in each; the token is the text 0."""

    def __init__(self, plantilla: str, forma: Any, textos: Any) -> None:
        ficha, *marcas = (f"{MARCA}{n:02}" for n in range(1 + len(textos._fields)))
        contexto = {"forma": forma, "textos": textos._make(marcas), "csrf_token": ficha}
        html = get_template(plantilla).render(contexto).replace("%", "%%")
        self._html, self._cuales = HUECO.sub("%s", html), [int(n) for n in HUECO.findall(html)]

    def llenar(self, ficha: str, textos: Any) -> str:
        """The HTML of a row of this form that says so."""
        escritos = (ficha, *map(conditional_escape, textos))
        return self._html % tuple([escritos[cual] for cual in self._cuales])
