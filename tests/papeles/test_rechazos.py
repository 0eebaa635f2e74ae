"""The sentences about files."""

import string

import pytest

from papeles.rechazos import AVISOS, RECHAZOS, aviso, mensaje

DATOS = {"n": "12.5", "max": 10, "otro": "dpi.pdf"}


def test_el_rechazo_nombra_el_archivo_y_tranquiliza():
    """mensajes.md §1: what always comes before and after."""
    assert mensaje("muy_grande", "escaneo {0}.pdf", n="12.5", max=10) == (
        "No se cargó escaneo {0}.pdf. El archivo pesa 12.5 MB y el máximo es 10 MB. "
        "Divídalo en dos PDF o escanéelo con menor calidad. Sus otros archivos siguen guardados."
    )


def test_sin_archivo_no_hay_nombre_que_decir():
    """mensajes.md §1."""
    assert mensaje("sin_archivo", "") == (
        "Elija un archivo PDF y luego presione «Cargar archivo». Sus otros archivos siguen guardados."
    )


def test_los_avisos_no_rechazan():
    """mensajes.md §1, second table."""
    assert aviso("duplicado", otro="dpi.pdf", n=2) == (
        "Este archivo es igual a «dpi.pdf», en el documento 2. Si fue un error, elimínelo."
    )


@pytest.mark.parametrize(("clave", "texto"), [*RECHAZOS.items(), *AVISOS.items()])
def test_cada_oracion_es_llana_y_se_completa(clave, texto):
    """mensajes.md: twenty words a sentence at most, and every number has its datum."""
    assert all(len(oracion.split()) <= 20 for oracion in str(texto).split(". "))
    assert {campo for _, campo, _, _ in string.Formatter().parse(str(texto)) if campo} <= set(DATOS)
    assert "{" not in (mensaje(clave, "a.pdf", **DATOS) if clave in RECHAZOS else aviso(clave, **DATOS))
