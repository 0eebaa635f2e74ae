"""The rules of what is typed, one by one, with the exact sentences of mensajes.md §2 and §3."""

import re
import unicodedata
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cuentas import validadores as personales
from previsión import validadores

CODIGOS = frozenset({"0101", "0202", "0514", "1333"})
DATO = "su primer apellido"


def mensaje(regla, *args) -> str:
    """What the person reads when that rule refuses."""
    with pytest.raises(ValidationError) as error:
        regla(*args)
    return error.value.messages[0]


@pytest.mark.parametrize(
    ("escrito", "guardado"),
    [
        ("Ñuñez", "ÑUÑEZ"),
        ("de león", "DE LEÓN"),
        ("güitz", "GÜITZ"),
        ("Ch’en", "CH'EN"),
        ("Ch´en", "CH'EN"),
        ("pérez–sol", "PÉREZ-SOL"),
        ("K'iche'", "K'ICHE'"),
        ("Pérez-Sol", "PÉREZ-SOL"),
        ("  tzoc   tzoc ", "TZOC TZOC"),
        (unicodedata.normalize("NFD", "josé"), "JOSÉ"),
        ("x\u0308", "Ẍ"),
        ("n\u0308an", "N\u0308AN"),
        ("ana\u200b", "ANA"),
        ("", ""),
    ],
)
def test_un_nombre_admite_las_letras_de_guatemala(escrito, guardado):
    """B2.2 names in capitals; cui.md §5: ñ, tildes, diéresis, both apostrophes, hyphen, spaces, NFC."""
    assert personales.nombre(escrito, DATO) == guardado


@pytest.mark.parametrize("signo", [*list('@3.,;<>/\\"«»_€'), "Ж", "名", "😀", "²"])
def test_un_signo_que_no_es_de_nombre_se_dice_cual(signo):
    """S26 a name never holds markup; mensajes.md §3."""
    assert (
        mensaje(personales.nombre, f"Ana{signo}", DATO) == f"Quite el signo «{signo}» de su primer apellido."
    )


@pytest.mark.parametrize("signo", ["-", "'", "' -"])
def test_un_nombre_tiene_al_menos_una_letra(signo):
    assert mensaje(personales.nombre, signo, DATO) == f"Quite el signo «{signo[0]}» de su primer apellido."


@pytest.mark.parametrize("control", ["\x00", "\r\n", "\n", "\t", "\x1b", "\x85"])
def test_los_caracteres_de_control_se_rechazan(control):
    """S25: CR and LF never travel inside a datum."""
    esperado = f"Quite el signo «U+{ord(control[0]):04X}» de su primer apellido."
    assert mensaje(personales.texto, f"a{control}Bcc: b", DATO, 60) == esperado


def test_lo_que_no_se_ve_se_quita_y_lo_largo_se_cuenta():
    """S11, S29: bidirectional and zero-width marks go; the cap says how many letters there are."""
    assert personales.texto("a\u202eb\u200d  c", DATO, 60) == "ab c"
    assert mensaje(personales.texto, "a" * 61, DATO, 60) == "Escriba 60 letras o menos. Ahora tiene 61."
    assert mensaje(personales.nombre, "ß" * 40, DATO, 60) == "Escriba 60 letras o menos. Ahora tiene 80."


@given(st.text(max_size=80))
def test_lo_normalizado_se_normaliza_a_si_mismo(escrito):
    """What is saved binds to itself, whatever was typed."""
    for regla in (personales.texto, personales.nombre):
        try:
            limpio = regla(escrito, DATO, 60)
        except ValidationError:
            continue
        assert regla(limpio, DATO, 60) == limpio
        assert unicodedata.is_normalized("NFC", limpio)
        assert not re.search(r"\s\s|^\s|\s$", limpio)


@pytest.mark.parametrize(
    "escrita",
    [
        *("31/12/1980", "31-12-1980", "1980-12-31", " 31/12/1980 ", "31121980", "31.12.1980", "31 12 1980"),
        *("31 / 12 / 1980", "31–12–1980", "31−12−1980", "３１／１２／１９８０", "٣١/١٢/١٩٨٠"),
        *("31\u200b/12/1980", "31/12/1980\ufeff"),
    ],
)
def test_una_fecha_se_escribe_con_el_teclado_que_haya(escrita):
    """contrato.md: three forms; and a telephone's numeric keypad that has no «/», other dashes and digits."""
    assert personales.fecha(escrita) == date(1980, 12, 31)


@pytest.mark.parametrize(
    "escrita",
    [
        "31/12/80",
        "31/12-1980",
        "1980/12/31",
        "ayer",
        "3112198",
        "311219800",
        "31  12-1980",
        "31/12/0980",
        "1/1/1",
    ],
)
def test_una_fecha_mal_escrita_muestra_como(escrita):
    assert mensaje(personales.fecha, escrita) == "Escriba la fecha así: 31/12/1980."


@pytest.mark.parametrize(
    "escrita",
    ["31/02/1980", "29-02-2023", "1980-13-01", "12.31.1980", "31131980", "00/01/1980", "31/04/1999"],
)
def test_una_fecha_que_no_existe_se_distingue(escrita):
    assert (
        mensaje(personales.fecha, escrita) == "Esa fecha no existe en el calendario. Revise el día y el mes."
    )


@pytest.mark.parametrize(
    ("nacimiento", "hoy", "mayor"),
    [
        (date(2008, 5, 20), date(2026, 5, 20), True),
        (date(2008, 5, 21), date(2026, 5, 20), False),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
        (date(2030, 1, 1), date(2026, 5, 20), False),
    ],
)
def test_los_dieciocho_se_cumplen_el_dia_del_cumpleanos(nacimiento, hoy, mayor):
    """A2, B2.3."""
    if mayor:
        assert personales.mayor_de_edad(nacimiento, hoy) is None
    else:
        esperado = "Debe tener 18 años o más para usar este portal."
        assert mensaje(personales.mayor_de_edad, nacimiento, hoy) == esperado


@pytest.mark.parametrize(
    "escrito", ["+502 5555 1234", "502-5555-1234", "5555-1234", "55551234", "+50255551234", "5555 12 34"]
)
def test_el_telefono_se_guarda_de_una_sola_manera(escrito):
    assert validadores.telefono(escrito) == "+50255551234"


@pytest.mark.parametrize(
    "escrito", ["1555-1234", "8555-1234", "5555-123", "5555-12345", "+503 5555 1234", "５５５５1234", "x"]
)
def test_un_telefono_ajeno_a_guatemala_se_rechaza(escrito):
    esperado = "Escriba los 8 números de su teléfono, por ejemplo 5555-1234."
    assert mensaje(validadores.telefono, escrito) == esperado


@pytest.mark.parametrize(
    ("escrito", "guardado"),
    [
        ("268014425", "268014425"),
        ("123456", "123456"),
        ("2680-14425", "268014425"),
        ("1600 32547 0202", "1600325470202"),
    ],
)
def test_la_afiliacion_tiene_de_seis_a_trece_numeros(escrito, guardado):
    assert validadores.afiliacion_igss(escrito, CODIGOS) == guardado


@pytest.mark.parametrize("escrito", ["12345", "12345678901234", "26801442A", "１２３４５６"])
def test_otra_afiliacion_se_rechaza(escrito):
    esperado = "Escriba entre 6 y 13 números, o deje el campo vacío."
    assert mensaje(validadores.afiliacion_igss, escrito, CODIGOS) == esperado


@pytest.mark.parametrize("escrito", ["1600325460202", "1600325472301"])
def test_una_afiliacion_de_trece_es_un_cui(escrito):
    esperado = "Si usa su CUI como afiliación, revise los 13 números."
    assert mensaje(validadores.afiliacion_igss, escrito, CODIGOS) == esperado


@pytest.mark.parametrize("escrito", ["nombre", "a@b", "a@@b.gt", "a b@c.gt", "a@b.gt, c@d.gt", "@b.gt"])
def test_un_correo_mal_escrito_muestra_como(escrito):
    assert mensaje(validadores.correo, escrito) == "Escriba un correo como nombre@ejemplo.com."


def test_un_correo_queda_como_se_escribio():
    assert validadores.correo("Rosalinda.T@ejemplo.com") == "Rosalinda.T@ejemplo.com"


@pytest.mark.parametrize(
    ("escrito", "esperado"),
    [
        ("1600 32547 020", "El CUI tiene 13 números y usted escribió 12. Revise su DPI."),
        ("1600 32547 0202A", "El CUI solo lleva números. Quite letras y signos."),
        ("１６００ 32547 0202", "El CUI solo lleva números. Quite letras y signos."),
        ("1600 32546 0202", "El CUI no es correcto. Revise cada número con su DPI a la vista."),
        ("1600 23547 0202", "El CUI no es correcto. Revise cada número con su DPI a la vista."),
        ("1600 32547 2301", "Los últimos cuatro números no corresponden a un municipio. Revise su DPI."),
        ("2003 00040 0101", "Este CUI no es el de su cuenta. Escriba el suyo: 1600 32547 0202."),
    ],
)
@pytest.mark.parametrize("tipo", ["DPI", "DPIE"])
def test_con_dpi_la_identificacion_es_el_cui_de_la_cuenta(tipo, escrito, esperado):
    """B2.3, mensajes.md §2."""
    assert mensaje(validadores.identificacion, escrito, tipo, "1600325470202", CODIGOS) == esperado
    assert validadores.identificacion("1600-32547-0202", tipo, "1600325470202", CODIGOS) == "1600325470202"


def test_sin_tipo_la_identificacion_se_lee_como_cui():
    """B2.3: when written it is validated, also with no type chosen."""
    assert validadores.identificacion("2003 00040 0101", "", "1600325470202", CODIGOS) == "2003000400101"
    with pytest.raises(ValidationError):
        validadores.identificacion("A123", "", "1600325470202", CODIGOS)


@pytest.mark.parametrize(("escrito", "guardado"), [("ab 123-4", "AB 123-4"), ("ñ-1 55", "Ñ-1 55")])
def test_un_pasaporte_o_cedula_lleva_letras_y_numeros(escrito, guardado):
    assert validadores.identificacion(escrito, "PAS", "1600325470202", CODIGOS) == guardado
    assert (
        mensaje(validadores.identificacion, "A#1", "CED", "", CODIGOS)
        == "Quite el signo «#» de su identificación."
    )


def test_el_municipio_es_del_departamento():
    """B2.4."""
    assert validadores.municipio_del_departamento("0202", "02") is None
    esperado = "Ese municipio no es del departamento elegido. Elija de nuevo."
    assert mensaje(validadores.municipio_del_departamento, "0202", "01") == esperado


def test_el_nacimiento_es_el_de_la_cuenta():
    """B2.3, mensajes.md §3."""
    cuenta = date(1968, 3, 14)
    assert validadores.nacimiento_de_la_cuenta(cuenta, cuenta) is None
    assert validadores.nacimiento_de_la_cuenta(cuenta, None) is None
    esperado = "La fecha no coincide con la de su cuenta. Escriba la que aparece en su DPI."
    assert mensaje(validadores.nacimiento_de_la_cuenta, date(1968, 3, 15), cuenta) == esperado


def test_el_cargo_no_se_entrega_en_el_futuro():
    """B3.1."""
    hoy = date(2026, 5, 20)
    assert validadores.entrega_de_cargo(hoy, hoy) is None
    esperado = "La fecha de entrega de cargo no puede ser futura. Revísela."
    assert mensaje(validadores.entrega_de_cargo, date(2026, 5, 21), hoy) == esperado
