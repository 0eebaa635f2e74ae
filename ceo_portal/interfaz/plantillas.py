"""Templates indented for whoever reads them, compiled without the indentation: it does not travel."""

import re
from typing import Any

from django.template import Origin
from django.template.loaders.filesystem import Loader as DeCarpeta

# What begins and ends lines of its own on the page: a space at its edge is not seen.
BLOQUES = r"(?:p|h[1-6]|[duo]l|d[dt]|li|t[dhr]|div|section|article|header|footer|fieldset|legend|button)"
# What keeps each of its spaces, what writes nothing, and the end of a line with what stands on both sides.
# A tag is read in one way alone (`(?>…)`): to try the others takes for ever.
RENGLON = re.compile(
    r"(?P<tal_cual><(?P<crudo>textarea|pre|style)\b.*?</(?P=crudo)>"
    r"|\{%\s*(?P<dicho>blocktranslate|verbatim)\b.*?\{%\s*end(?P=dicho)\s*%\})"
    r"|(?P<mudo>\{%\s*(?:(?:extends|load)\b[^\n]*?|comment\b.*?endcomment\s*)%\})\s*\n\s*"
    rf"|(?P<abre><{BLOQUES}\b(?>(?:\{{[%{{].*?[%}}]\}}|[^<>{{])*)>)[ \t]*\n\s*(?![<\s]|\{{%)"
    rf"|(?<![>\s])(?<!%\}})(?P<al_cerrar>[ \t]*\n\s*)(?=</{BLOQUES}>)"
    r"|(?<=\s)(?P<control>\{%\s*(?:if|elif|else|endif|for|empty|endfor|with|endwith)\b(?:(?!%\}).)*%\})"
    r"[ \t]*\n\s*(?![<\s]|\{%)"
    r"|(?P<antes>>|%\})?[ \t]*\n\s*(?=(?P<despues><|\{%)?)",
    re.DOTALL,
)


# What is called by its text: no space at its edges comes from how its template is written.
_ETIQUETA = r"<(?:a|label|summary|button)\b(?>(?:\{[%{].*?[%}]\}|[^<>{])*)>"
BORDES = re.compile(rf"(?P<abre>{_ETIQUETA})[ \n]|[ \n](?=</(?:a|label|summary|button)>)", re.DOTALL)


class Loader(DeCarpeta):
    """The project's templates; an HTML one comes with its lines joined (`junta`)."""

    def get_contents(self, origin: Origin) -> Any:
        """The text to compile; `TemplateDoesNotExist` if there is no such file."""
        texto = super().get_contents(origin)
        return junta(texto) if str(origin.template_name).endswith(".html") else texto


def junta(html: str) -> str:
    """The same page without indentation: a line that ends in a text or in a tag goes on after one space."""
    return BORDES.sub(lambda hallado: hallado["abre"] or "", RENGLON.sub(_renglon, html)).strip()


def _renglon(hallado: re.Match[str]) -> str:
    if hallado["al_cerrar"]:
        return ""
    if entero := hallado["tal_cual"] or hallado["mudo"] or hallado["abre"] or hallado["control"]:
        return entero
    antes, despues = hallado["antes"] or "", hallado["despues"]
    return antes + ("\n" if antes and despues else " ")
