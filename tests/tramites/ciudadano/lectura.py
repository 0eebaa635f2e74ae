"""How the tests read a served page: its words, its menu, its tables, its buttons, its fields."""

import re
from html import unescape
from xml.etree.ElementTree import Element

import tinyhtml5
from django.http import HttpResponse
from django.test import Client

BLOQUES = "p|li|h[1-6]|td|th|tr|dt|dd|div|section|fieldset|legend|label|a|button|option|caption"


def palabras(fuente: HttpResponse | str) -> str:
    """The words of a page, single-spaced; two blocks never run into one word."""
    html = fuente if isinstance(fuente, str) else fuente.content.decode()
    separado = re.sub(rf"</?(?:{BLOQUES})\b[^>]*>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", separado)).split())


def arbol(respuesta: HttpResponse) -> Element:
    return tinyhtml5.parse(respuesta.content.decode(), namespace_html_elements=False)


def texto(elemento: Element) -> str:
    return " ".join("".join(elemento.itertext()).split())


def visible(elemento: Element) -> str:
    """The words that are seen, without those for a screen reader only."""
    return " ".join(_visible(elemento).split())


def _visible(elemento: Element) -> str:
    if "oculto" in elemento.get("class", "").split():
        return ""
    return (elemento.text or "") + "".join(_visible(hijo) + (hijo.tail or "") for hijo in elemento)


def menu(respuesta: HttpResponse) -> list[Element]:
    """The links of the side bar, in order."""
    return arbol(respuesta).findall(".//nav[@aria-label='Principal']/ul//a")


def botones(respuesta: HttpResponse) -> list[str]:
    """What may be pressed in the page's main part: buttons and the links that look like them."""
    elementos = arbol(respuesta).find(".//main").iter()
    return [visible(e) for e in elementos if e.tag == "button" or "boton" in e.get("class", "").split()]


def enlace(respuesta: HttpResponse, rotulo: str) -> str:
    """The address behind the first link of the main part whose visible words are those."""
    return next(a.get("href") for a in arbol(respuesta).findall(".//main//a") if visible(a) == rotulo)


def titulos(respuesta: HttpResponse) -> list[str]:
    return [texto(e) for e in arbol(respuesta).findall(".//main//h1")]


def columnas(respuesta: HttpResponse) -> list[str]:
    """The headings of the table, those for a screen reader too."""
    return [texto(e) for e in arbol(respuesta).findall(".//main//thead//th")]


def filas(respuesta: HttpResponse) -> list[list[str]]:
    """The visible words of each cell of the table, row by row."""
    return [[visible(celda) for celda in fila] for fila in arbol(respuesta).findall(".//main//tbody/tr")]


def campos(respuesta: HttpResponse) -> dict[str, str]:
    """Name and value of the inputs of the main part, hidden ones included; None where it has no value."""
    return {e.get("name"): e.get("value") for e in arbol(respuesta).findall(".//main//input")}


def leer_acta(cliente: Client, acta: str) -> HttpResponse:
    """Open step 4 at its address and press «Continuar» on what it shows."""
    return cliente.post(acta, campos(cliente.get(acta)))


def avisos(respuesta: HttpResponse) -> list[str]:
    """The messages that the page shows once."""
    return [str(aviso) for aviso in respuesta.context["messages"]]


def errores(respuesta: HttpResponse) -> list[str]:
    """The sentences of «Hay un problema», which stand first in the main part."""
    resumen = arbol(respuesta).find(".//main/div[@class='resumen']")
    return [] if resumen is None else [texto(e) for e in resumen.findall(".//li")]
