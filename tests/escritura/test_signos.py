"""What is typed comes without what nobody sees; names, numbers and dates are folded on top."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escritura.correo import normal
from escritura.signos import cifras, limpio, plegado

INVISIBLES = [
    "\0",
    "\x1b",
    "\xad",
    "\u200b",
    "\u200e",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\ud800",
    "\uffff",
    "\u3164",
]


@pytest.mark.parametrize("invisible", INVISIBLES, ids=ascii)
def test_lo_que_no_se_ve_no_entra(invisible):
    assert limpio(f"{invisible}a{invisible}b\n c{invisible}") == "ab\n c"


def test_lo_limpio_conserva_su_tipografia():
    """Notes and legal texts: lines, quotes, dashes and spaces stay as typed."""
    texto = "Número 1 –«así»–\n\t“bien”…\u00a0Sí"
    assert limpio(unicodedata.normalize("NFD", texto)) == texto


@pytest.mark.parametrize("guion", "-‐‑‒–—―−－")
@pytest.mark.parametrize("apostrofo", "'´`‘’ʼ＇")
def test_un_guion_es_un_guion_y_un_apostrofo_un_apostrofo(guion, apostrofo):
    assert plegado(f"Ch{apostrofo}en{guion}Ｓol") == "Ch'en-Sol"


def test_las_cifras_de_cualquier_escritura_son_cifras():
    assert cifras("１６００\u202f٣٢٥٤٧–۰۲०२") == "1600 32547-0202"


@given(st.text())
def test_lo_normalizado_no_cambia_otra_vez(texto):
    for nivel in (limpio, plegado, cifras):
        assert nivel(nivel(texto)) == nivel(texto)


@pytest.mark.parametrize(
    "escrito",
    [
        "ana@mañana.gt",
        "ANA@MAÑANA.GT",
        "ana@man\u0303ana.gt",
        "ana@xn--maana-pta.gt",
        "Ana@XN--MAANA-PTA.gt.",
        " ana@mañana.gt. ",
        "an\u200ba@ma\u00adñana.gt\ufeff",
        "ａｎａ＠mañana．gt",
        "ana@mañana。gt",
    ],
)
def test_un_buzon_se_escribe_de_una_sola_manera(escrito):
    assert normal(escrito) == "ana@xn--maana-pta.gt" == normal(normal(escrito))


@pytest.mark.parametrize(
    "escrito", ["", "1600 32547 0202", "@", "a@", "a@" + "b" * 70 + ".gt", "a@b..c", "a@[127.0.0.1]"]
)
def test_lo_que_no_es_correo_vuelve_sin_error(escrito):
    assert normal(escrito) == escrito
