"""The words in letters: dates, months and names."""

from datetime import date

import pytest

from previsión.familia.acta import acta, fecha_en_letras, meses_en_letras, nombre_completo


@pytest.mark.parametrize(
    ("dia", "letras"),
    [
        (date(2024, 6, 11), "ONCE DE JUNIO DE DOS MIL VEINTICUATRO (11-06-2024)"),
        (date(2026, 1, 1), "UNO DE ENERO DE DOS MIL VEINTISÉIS (01-01-2026)"),
        (date(2025, 12, 31), "TREINTA Y UNO DE DICIEMBRE DE DOS MIL VEINTICINCO (31-12-2025)"),
        (date(2026, 10, 21), "VEINTIUNO DE OCTUBRE DE DOS MIL VEINTISÉIS (21-10-2026)"),
        (date(2000, 3, 22), "VEINTIDÓS DE MARZO DE DOS MIL (22-03-2000)"),
        (date(1999, 5, 16), "DIECISÉIS DE MAYO DE MIL NOVECIENTOS NOVENTA Y NUEVE (16-05-1999)"),
    ],
)
def test_la_fecha_va_en_letras_mayusculas_y_en_cifras(dia, letras):
    """B4.1: the vectors of formatos.md."""
    assert fecha_en_letras(dia) == letras


@pytest.mark.parametrize(("meses", "letras"), [(6, "seis (6)"), (3, "tres (3)"), (12, "doce (12)")])
def test_los_meses_van_en_letras_y_en_cifras(meses, letras):
    """B4.1: «seis (6)» by default."""
    assert meses_en_letras(meses) == letras


@pytest.mark.parametrize(
    ("casada", "final"),
    [
        ("", "TZOC BARRERA"),
        ("XITUMUL", "TZOC BARRERA DE XITUMUL"),
        ("DE LEÓN", "TZOC BARRERA DE LEÓN"),
        ("de león", "TZOC BARRERA DE LEÓN"),
        ("DEL CID", "TZOC BARRERA DE DEL CID"),
        ("DESIDERIO", "TZOC BARRERA DE DESIDERIO"),
        ("  ", "TZOC BARRERA"),
    ],
)
def test_el_apellido_de_casada_lleva_un_solo_de(casada, final):
    """B4.4."""
    valores = {
        "primer_nombre": "ROSALINDA",
        "tercer_nombre": "K’ABEL",
        "primer_apellido": "TZOC",
        "segundo_apellido": "BARRERA",
        "apellido_casada": casada,
    }
    assert nombre_completo(valores) == f"ROSALINDA K’ABEL {final}"


def test_un_paso_sin_nombres_no_tiene_nombre():
    """B4.4."""
    assert nombre_completo({"pregunta_1": "NO"}) == ""


def test_en_el_acta_solo_varia_lo_que_dice_el_requisito():
    """B4.1: date, name, CUI 4-5-4 and the Gestión's own months."""
    assert acta(
        nombre_completo="ROSALINDA TZOC", cui="1600325470202", fecha=date(2026, 6, 11), meses_archivo=3
    ) == {
        "fecha": "ONCE DE JUNIO DE DOS MIL VEINTISÉIS (11-06-2026)",
        "fecha_corta": "11-06-2026",
        "nombre_completo": "ROSALINDA TZOC",
        "cui": "1600 32547 0202",
        "meses": "tres (3)",
        "meses_en_palabras": "tres",
    }
