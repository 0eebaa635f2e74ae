"""The Spanish alphabet: keys to sort texts and to find them (formatos.md, "Orden alfabético")."""

import unicodedata

from escritura.signos import plegado


def _sin_marcas(texto: str) -> str:
    descompuesto = unicodedata.normalize("NFD", texto)
    return "".join(letra for letra in descompuesto if not unicodedata.combining(letra))


def _plano(texto: str) -> str:
    return unicodedata.normalize("NFC", plegado(texto).lower())


def clave_orden(texto: str) -> tuple[str, str]:
    """The key for `sorted`: ñ between n and o; case never counts, accents only to break a tie."""
    plano = _plano(texto)
    return _sin_marcas(plano.replace("ñ", "n\uffff")), plano


def clave_busqueda(texto: str) -> str:
    """What is stored and compared to find a text however it was typed.

    Lower case, without accents, ñ as n, one apostrophe, one dash, single spaces.
    """
    return " ".join(_sin_marcas(_plano(texto)).split())
