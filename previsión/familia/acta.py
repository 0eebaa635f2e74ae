"""The words of the acta: dates and months in letters, full names."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from num2words import num2words

from territorio import cui as reglas_cui

MESES = (
    "ENERO",
    "FEBRERO",
    "MARZO",
    "ABRIL",
    "MAYO",
    "JUNIO",
    "JULIO",
    "AGOSTO",
    "SEPTIEMBRE",
    "OCTUBRE",
    "NOVIEMBRE",
    "DICIEMBRE",
)
DE_CORRIDO = ("primer_nombre", "segundo_nombre", "tercer_nombre", "primer_apellido", "segundo_apellido")


def fecha_en_letras(dia: date) -> str:
    """The acta's date: «ONCE DE JUNIO DE DOS MIL VEINTICUATRO (11-06-2024)» (textos.md §7)."""
    letras = f"{num2words(dia.day, lang='es')} DE {MESES[dia.month - 1]} DE {num2words(dia.year, lang='es')}"
    return f"{letras.upper()} ({dia:%d-%m-%Y})"


def meses_en_letras(meses: int) -> str:
    """The months of the warning: «seis (6)» (B4.1)."""
    return f"{num2words(meses, lang='es')} ({meses})"


def nombre_completo(valores: Mapping[str, str]) -> str:
    """Names, surnames and «DE» with the married one, in capitals; empty when none was given (B4.4)."""
    partes = [valores.get(campo, "") for campo in DE_CORRIDO]
    casada = valores.get("apellido_casada", "").split()
    if casada and casada[0].upper() != "DE":
        casada.insert(0, "DE")
    return " ".join(" ".join([*partes, *casada]).split()).upper()


def acta(*, nombre_completo: str, cui: str, fecha: date, meses_archivo: int) -> dict[str, Any]:
    """The only words of the acta that vary (B4.1), as the screen and the paper print them.

    `fecha` is in letters, `fecha_corta` dd-mm-aaaa, `meses` «seis (6)» and `meses_en_palabras` «seis».
    """
    return {
        "fecha": fecha_en_letras(fecha),
        "fecha_corta": f"{fecha:%d-%m-%Y}",
        "nombre_completo": nombre_completo,
        "cui": reglas_cui.formatear(cui),
        "meses": meses_en_letras(meses_archivo),
        "meses_en_palabras": num2words(meses_archivo, lang="es"),
    }
