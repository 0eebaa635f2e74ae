"""How the templates of a procedure say its numerals and its lists of documents."""

import re
from collections.abc import Mapping, Sequence

from django import template
from num2words import num2words

from tramites.definicion import Renglon, Tramite

register = template.Library()
NUMERAL = re.compile(r"enterado_(\d+)")


@register.filter
def numerales(textos: Mapping[str, str]) -> list[tuple[int, str]]:
    """Those of «Quedo enterado(a) que:» that say something, each with its number (comun.md §6)."""
    hallados = ((NUMERAL.fullmatch(nombre), texto) for nombre, texto in textos.items())
    return sorted((int(n[1]), texto) for n, texto in hallados if n and texto)


@register.filter
def con_meses(texto: str, meses: int) -> str:
    """The text with the Gestión's own months where it says «{meses}»: «seis meses», «un mes»."""
    dicho = "un mes" if meses == 1 else f"{num2words(meses, lang='es')} meses"
    return texto.replace("{meses}", dicho)


@register.filter
def enumerados(numeros: Sequence[object]) -> str:
    """«el 7 y el 8», «el 6, el 7 y el 8»."""
    *primeros, ultimo = [f"el {n}" for n in numeros] or [""]
    return f"{', '.join(primeros)} y {ultimo}" if primeros else ultimo


@register.filter
def a_todos(tramite: Tramite) -> dict[str, list[Renglon]]:
    """What it asks of whoever has answered nothing yet, as a Gestión says what it asks of its owner."""
    pedidos = [renglon for renglon in tramite.renglones({}) if renglon.aplica]
    return {
        "obligatorios": [renglon for renglon in pedidos if renglon.obligatorio],
        "opcionales": [renglon for renglon in pedidos if not renglon.obligatorio],
    }
