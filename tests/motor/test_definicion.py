"""What a procedure asks depends on what was answered, and never fails, whatever that is (MO1, MO2, MO6)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.motor.juguete import JUGUETE, MASCOTAS
from tramites import asistente, registro
from tramites.definicion import ClasePaso, NoDefinido, Respuestas, etiqueta, orden


def contestado(color: str = "ROJO", orden_: str = "", **mascotas: str) -> Respuestas:
    elementos = {f"mascotas.{clave.replace('_', '.', 1)}": valor for clave, valor in mascotas.items()}
    return {"datos": {"color": color, "mascotas.orden": orden_} | elementos}


def exigidos(respuestas: Respuestas) -> list[str]:
    return [r.etiqueta for r in JUGUETE.renglones(respuestas) if r.obligatorio]


@pytest.mark.parametrize(
    ("respuestas", "esperados"),
    [
        ({}, ["1"]),
        (contestado(), ["1"]),
        (contestado("AZUL"), ["1", "2"]),
        (contestado(orden_="1,2"), ["1", "3.1", "3.2"]),
        (contestado("AZUL", "1,3", **{"3_edad": "12", "1_edad": "9"}), ["1", "2", "3.1", "3.3", "4.3"]),
        (contestado(orden_="2", **{"1_edad": "12"}), ["1", "3.2"]),
    ],
)
def test_los_renglones_siguen_a_las_respuestas(respuestas, esperados):
    """MO1, MO2: compulsory, not applicable, one an element; what is out of the order does not count."""
    assert exigidos(respuestas) == esperados


def test_el_nombre_y_la_base_dependen_de_lo_contestado():
    """MO1."""
    respuestas = contestado("AZUL", "2", **{"2_nombre": "Canela"})
    assert JUGUETE.renglon(302, respuestas).nombre == "Carné de Canela"
    assert JUGUETE.base_de(respuestas) == "La azul"
    assert JUGUETE.base_de({}) == "La de siempre"


def test_un_elemento_que_ya_no_esta_deja_su_renglon_sin_aplicar():
    """MO2: its files keep a name, and count no more."""
    renglon = JUGUETE.renglon(303, contestado(orden_="1,2"))
    assert (renglon.etiqueta, renglon.rotulo, renglon.nombre) == (
        "3.3",
        "Documento 3.3",
        "Carné de la mascota",
    )
    assert not renglon.aplica


@pytest.mark.parametrize("numero", [0, 3, 6, 100, 101, 201, 300, 501, 601, 99_999])
def test_lo_que_no_es_renglon_no_se_define(numero):
    """MO2: one for each element has no number of its own, and the others have no elements."""
    with pytest.raises(NoDefinido):
        JUGUETE.renglon(numero, contestado(orden_="1,2,3"))


def test_los_numeros_se_leen_y_se_ordenan_por_su_base():
    """MO2: 302 is «3.2», after 3 and before 4."""
    assert [etiqueta(n) for n in (3, 302, 1112)] == ["3", "3.2", "11.12"]
    assert sorted([1101, 4, 302, 3, 11, 301], key=orden) == [3, 301, 302, 4, 11, 1101]


@pytest.mark.parametrize(
    ("escrito", "ordinales"),
    [
        ("", ()),
        ("1,3,2", (1, 3, 2)),
        ("1,1,2", (1, 2)),
        ("0,100,-1,x,²,1", (1,)),
        ("1,2,3,4", (1, 2, 3)),
        ("9" * 5000, ()),
        ("0099" + "9" * 5000, ()),
        ("00999,2", (2,)),
    ],
)
def test_el_orden_de_un_grupo_acepta_solo_ordinales_y_hasta_su_maximo(escrito, ordinales):
    """MO3."""
    assert MASCOTAS.ordinales({"mascotas.orden": escrito}) == ordinales


COLORES = ("ROJO", "AZUL", "")


@pytest.mark.parametrize("color", COLORES)
def test_los_pasos_que_aplican_se_cuentan_corridos(color):
    """MO6: positions 1..n without a gap; forward and back undo each other; nobody skips."""
    pasos = JUGUETE.pasos_de(contestado(color))
    assert [p.numero for p in pasos] == list(range(1, len(pasos) + 1))
    assert ("jaula" in {p.clave for p in pasos}) == (color == "ROJO")
    for este, otro in pairwise(pasos):
        assert asistente.siguiente(pasos, este) is otro
        assert asistente.anterior(pasos, otro) is este
    for hechos in range(len(pasos)):
        completos = {p.clave for p in pasos[:hechos]}
        abiertos = [asistente.esta_abierto(pasos, completos, p) for p in pasos]
        assert abiertos == [n <= hechos for n in range(len(pasos))]


def test_lo_que_nadie_condiciona_no_se_lee():
    """MO22: a procedure that asks everybody for the same never reads the answers."""
    assert registro.obtener("invalidez").invariable
    assert not JUGUETE.invariable


LETRAS = st.text(max_size=12)
RESPUESTAS = st.dictionaries(
    st.sampled_from(["datos", "nombre", "jaula"]) | LETRAS,
    st.dictionaries(
        st.sampled_from(["color", "mascotas.orden", "mascotas.1.edad", "mascotas.2.nombre"]) | LETRAS,
        st.sampled_from(["ROJO", "AZUL", "1,2", "1,2,3,4", "12"]) | LETRAS,
    ),
)


@given(RESPUESTAS)
def test_cualquier_respuesta_tiene_renglones_pasos_y_base(respuestas):
    """MO1: empty, halfway or rubbish, every registered procedure answers, and no number is repeated."""
    for tramite in (JUGUETE, *registro.todos()):
        renglones = tramite.renglones(respuestas)
        assert len({r.numero for r in renglones}) == len(renglones)
        assert all(r.nombre and tramite.renglon(r.numero, respuestas) == r for r in renglones)
        assert tramite.pasos_de(respuestas)[-1].clase is ClasePaso.VALIDACION
        assert tramite.base_de(respuestas)
