"""How the tests read a served page: its words, its tables, its links."""

import re
from html import unescape

from django.http import HttpResponse


def palabras(fuente: HttpResponse | str) -> str:
    """The words of a page, single-spaced; a closed tag never joins two blocks of text."""
    html = fuente if isinstance(fuente, str) else fuente.content.decode()
    sin_bloques = re.sub(
        r"</?(?:p|li|h\d|td|th|tr|dt|dd|div|section|label|a|button|option)\b[^>]*>", " ", html
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", "", sin_bloques)).split())


def partes(respuesta: HttpResponse, patron: str) -> list[str]:
    """The words of each part of the page that matches, its first group."""
    return [palabras(parte) for parte in re.findall(patron, respuesta.content.decode(), re.DOTALL)]


def principal(respuesta: HttpResponse) -> str:
    """What stands in <main>, without the menu and the foot."""
    return re.search(r"<main.*</main>", respuesta.content.decode(), re.DOTALL)[0]


def columnas(respuesta: HttpResponse) -> list[str]:
    return partes(respuesta, r'(<th role="columnheader".*?</th>)')


def filas(respuesta: HttpResponse) -> list[list[str]]:
    """The words of each cell of the page's table, row by row."""
    cuerpo = re.search(r"<tbody.*?</tbody>", respuesta.content.decode(), re.DOTALL)
    hileras = re.findall(r"<tr.*?</tr>", cuerpo[0], re.DOTALL) if cuerpo else []
    return [[palabras(c) for c in re.findall(r"<t[hd].*?</t[hd]>", h, re.DOTALL)] for h in hileras]


def campos(respuesta: HttpResponse) -> dict[str, str]:
    """Name and value of the inputs of the page's main part, hidden ones included."""
    entradas = re.findall(r"<input[^>]*>", principal(respuesta))
    pares = [(re.search(r'name="([^"]*)"', e), re.search(r'value="([^"]*)"', e)) for e in entradas]
    return {n[1]: unescape(v[1]) if v else "" for n, v in pares if n}


def avisos(respuesta: HttpResponse) -> list[str]:
    """The messages that the page shows once."""
    return [str(aviso) for aviso in respuesta.context["messages"]]
