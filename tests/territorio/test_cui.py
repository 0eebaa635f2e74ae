"""The CUI rule against every vector of its specification, and against chance."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territorio.cui import CuiInvalido, formatear, normalizar, validar

CODIGOS = frozenset({"0101", "0202", "0514", "0901", "1333", "2217"})
VALIDOS = [
    "1002 00303 0101",
    "1600 32547 0202",
    "1765 43228 0514",
    "2864 09755 0901",
    "2547 81039 1333",
    "1928 37478 2217",
    "2003 00040 0101",
]
INVALIDOS = [
    ("", "vacio"),
    ("  - ", "vacio"),
    ("1600 32547 020", "longitud"),
    ("1600 32547 02022", "longitud"),
    ("1600 32546 0202", "verificador"),
    ("1600 23547 0202", "verificador"),
    ("1600 32547 2301", "lugar"),
    ("1600 32547 0209", "lugar"),
    ("1600 32547 0200", "lugar"),
    ("1600 32547 0202A", "caracter"),
    ("１６００３２５４７０２０２", "caracter"),
    ("1600.32547.0202", "caracter"),
    ("١٦٠٠٣٢٥٤٧٠٢٠٢", "caracter"),
    *[(f"1000 0007{verificador} 0101", "verificador") for verificador in range(10)],
]
MENSAJES = {
    "vacio": "Escriba su CUI. Son los 13 números de su DPI.",
    "caracter": "El CUI solo lleva números. Quite letras y signos.",
    "longitud": "El CUI tiene 13 números y usted escribió 12. Revise su DPI.",
    "verificador": "El CUI no es correcto. Revise cada número con su DPI a la vista.",
    "lugar": "Los últimos cuatro números no corresponden a un municipio. Revise su DPI.",
}

digitos = st.text(st.sampled_from("0123456789"), min_size=8, max_size=8)


def clave_de(texto: str) -> str | None:
    try:
        validar(texto, CODIGOS)
    except CuiInvalido as invalido:
        return invalido.clave
    return None


@pytest.mark.parametrize("cui", VALIDOS)
def test_un_cui_valido_queda_en_sus_trece_digitos(cui: str):
    """cui.md §1: the synthetic valid ones, new municipalities and a zero check digit among them."""
    assert validar(cui, CODIGOS) == cui.replace(" ", "")


@pytest.mark.parametrize(("cui", "clave"), INVALIDOS)
def test_un_cui_invalido_se_rechaza_por_su_causa(cui: str, clave: str):
    """cui.md §1: each invalid vector has its own cause."""
    assert clave_de(cui) == clave


@pytest.mark.parametrize("cui", ["1600-32547-0202", "\t1600 32547\u00a00202\n"])
def test_los_espacios_y_guiones_no_estorban(cui: str):
    """cui.md §1: tolerant of grouping and of nothing else."""
    assert validar(cui, CODIGOS) == "1600325470202"


@pytest.mark.parametrize(
    ("cui", "clave"),
    [
        ("", "vacio"),
        ("16003254702X", "caracter"),
        ("160032547020", "longitud"),
        ("1600325460202", "verificador"),
        ("1600325470209", "lugar"),
    ],
)
def test_cada_causa_tiene_su_mensaje(cui: str, clave: str):
    """mensajes.md §2: word for word, with how many digits were typed."""
    with pytest.raises(CuiInvalido) as invalido:
        validar(cui, CODIGOS)
    assert (invalido.value.clave, invalido.value.mensaje) == (clave, MENSAJES[clave])
    assert str(invalido.value) == MENSAJES[clave]


@pytest.mark.parametrize(
    ("cui", "clave"), [("12A", "caracter"), ("1600325460", "longitud"), ("1600325469999", "verificador")]
)
def test_sale_una_sola_causa_en_orden(cui: str, clave: str):
    """mensajes.md §2: character, then length, then check digit, then place."""
    assert clave_de(cui) == clave


def test_el_lugar_depende_de_la_tabla():
    """cui.md, "Riesgos": the place is a table that staff edit, not a fixed code."""
    assert validar("1600 32547 2301", CODIGOS | {"2301"}) == "1600325472301"


def test_se_imprime_en_grupos():
    assert formatear("1600325470202") == "1600 32547 0202"


@given(digitos, st.sampled_from(sorted(CODIGOS)))
def test_cada_correlativo_admite_a_lo_sumo_un_verificador(cuerpo: str, lugar: str):
    """cui.md §1: one check digit, or none when the remainder is ten."""
    resto = sum(peso * int(digito) for peso, digito in enumerate(cuerpo, start=2)) % 11
    admitidos = [v for v in range(10) if clave_de(f"{cuerpo}{v}{lugar}") is None]
    assert admitidos == ([] if resto == 10 else [resto])


@given(digitos, st.integers(0, 7), st.integers(1, 9))
def test_un_digito_equivocado_siempre_se_nota(cuerpo: str, lugar: int, salto: int):
    """Weights 2 to 9 are prime to 11, so changing one digit changes the remainder."""
    otro = cuerpo[:lugar] + str((int(cuerpo[lugar]) + salto) % 10) + cuerpo[lugar + 1 :]
    validos = [{v for v in range(10) if clave_de(f"{c}{v}0101") is None} for c in (cuerpo, otro)]
    assert not validos[0] & validos[1]


@given(st.sampled_from(VALIDOS).map(normalizar))
def test_formatear_se_deshace_al_validar(cui: str):
    assert validar(formatear(cui), CODIGOS) == cui


@given(digitos)
def test_lo_formateado_vuelve_a_sus_digitos(cuerpo: str):
    assert normalizar(formatear(f"{cuerpo}00101")) == f"{cuerpo}00101"


@given(st.text())
def test_ningun_texto_da_otro_error(texto: str):
    """Whatever is typed, the answer is 13 ASCII digits or one of the causes."""
    clave = clave_de(texto)
    assert clave in MENSAJES or re.fullmatch("[0-9]{13}", normalizar(texto))
