"""The rule of the CUI, Guatemala's personal number: NNNNNNNN V DDMM (cui.md §1)."""

from collections.abc import Collection

PESOS = range(2, 10)
MENSAJES = {
    "vacio": "Escriba su CUI. Son los 13 números de su DPI.",
    "caracter": "El CUI solo lleva números. Quite letras y signos.",
    "longitud": "El CUI tiene 13 números y usted escribió {n}. Revise su DPI.",
    "verificador": "El CUI no es correcto. Revise cada número con su DPI a la vista.",
    "lugar": "Los últimos cuatro números no corresponden a un municipio. Revise su DPI.",
}


class CuiInvalido(ValueError):
    """A text is no CUI: `clave` names the cause and `mensaje` tells the person (mensajes.md §2)."""

    def __init__(self, clave: str, *, n: int = 0) -> None:
        self.clave = clave
        self.mensaje = MENSAJES[clave].format(n=n)
        super().__init__(self.mensaje)


def normalizar(texto: str) -> str:
    """The text without the white space and the hyphens that people use to group the digits."""
    return "".join(texto.split()).replace("-", "")


def validar(texto: str, codigos: Collection[str]) -> str:
    """The 13 digits of a CUI as typed.

    `codigos` are the four-digit codes of the municipalities. Raises CuiInvalido for the first cause, in the
    order of mensajes.md §2. It cannot catch every slip: the check digit sees a wrong digit of the first
    nine, not every transposition.
    """
    cui = normalizar(texto)
    if not cui:
        raise CuiInvalido("vacio")
    # str.isdigit() alone lets the full-width digits of Unicode through.
    if not (cui.isascii() and cui.isdigit()):
        raise CuiInvalido("caracter")
    if len(cui) != 13:
        raise CuiInvalido("longitud", n=len(cui))
    if _resto(cui) != int(cui[8]):
        raise CuiInvalido("verificador")
    if cui[9:] not in codigos:
        raise CuiInvalido("lugar")
    return cui


def _resto(cui: str) -> int:
    """The check digit that the first eight digits call for; with 10 no digit will do."""
    return sum(peso * int(digito) for peso, digito in zip(PESOS, cui[:8], strict=True)) % 11


def formatear(cui: str) -> str:
    """A CUI of 13 digits as it is printed: 0000 00000 0000."""
    return f"{cui[:4]} {cui[4:9]} {cui[9:]}"
