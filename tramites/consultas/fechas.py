"""The day that somebody searches, however they type it: the one reading of every box that looks for one."""

import re
from datetime import date

from escritura.orden import clave_busqueda
from escritura.signos import cifras

MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_JUNTA = re.compile(r"(\d{2})(\d{2})(\d{4})")
_CON_SIGNOS = re.compile(r"(\d{1,2})(?P<signo>\s*[/.-]\s*|\s+)(\d{1,2})(?P=signo)(\d{4}|\d{2})")
_CON_MES = re.compile(r"(\d{1,2})[\s./-]+(?:de\s+)?([a-z]{3,10})\.?[\s/,-]+(?:del?\s+)?(\d{4}|\d{2})")


def dia(texto: str) -> date | None:
    """22/05/2024, with any sign or none, 22/05/24 or 22 de mayo de 2024; None if it is no whole date.

    A short year is of this century: what is searched here began in it.
    """
    plano = clave_busqueda(cifras(texto))
    if hallada := _JUNTA.fullmatch(plano):
        escrito, mes, anio = hallada.groups()
    elif hallada := _CON_SIGNOS.fullmatch(plano):
        escrito, _signo, mes, anio = hallada.groups()
    elif hallada := _CON_MES.fullmatch(plano):
        escrito, nombre, anio = hallada.groups()
        mes = _mes(nombre)
    else:
        return None
    try:
        return date(int(anio) if len(anio) == 4 else 2000 + int(anio), int(mes), int(escrito))
    except ValueError:
        return None


def _mes(nombre: str) -> int:
    """The month that begins so, «setiembre» too; 0, which none is, if there is none."""
    escrito = nombre.removeprefix("set")
    buscado = nombre if escrito == nombre else f"sept{escrito}"
    return next((n for n, mes in enumerate(MESES, 1) if mes.startswith(buscado)), 0)
