"""Step 3: six sworn questions and the details that some answers ask for."""

import re
from itertools import product

import pytest
from django.template import engines
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.prevision.datos import CONDICIONES, CONTEXTO, JURAMENTO, JuramentoForm

DETALLES = {
    "detalle_1": "la dependencia o entidad y la clase de pensión",
    "detalle_2": "la dependencia o entidad y el tipo de pensión",
    "detalle_3": "la dependencia o entidad",
    "fecha_entrega_cargo": "la fecha de entrega de cargo",
    "detalle_4": "de qué tipo fue el trámite",
}
BUENOS = dict.fromkeys(DETALLES, "Municipalidad de Almolonga") | {"fecha_entrega_cargo": "28/02/2026"}


def juramento(**cambios: str) -> JuramentoForm:
    return JuramentoForm(JURAMENTO | cambios, contexto=CONTEXTO)


def errores(formulario: JuramentoForm) -> dict[str, list[str]]:
    return {campo: list(mensajes) for campo, mensajes in formulario.errors.items()}


def pintar(formulario: JuramentoForm) -> str:
    plantilla = engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}")
    return plantilla.render({"form": formulario})


def test_las_seis_son_obligatorias():
    """B3.1."""
    assert errores(JuramentoForm({}, contexto=CONTEXTO)) == {
        f"pregunta_{n}": [f"Responda SI o NO a la pregunta {n}."] for n in range(1, 7)
    }


@pytest.mark.parametrize("respuesta", ["QUIZÁ", "si", "SI NO", "\x00", "1"])
def test_solo_valen_si_y_no(respuesta):
    """B3."""
    assert errores(juramento(pregunta_5=respuesta)) == {"pregunta_5": ["Responda SI o NO a la pregunta 5."]}


def test_ninguna_viene_elegida():
    """B3: neither button is chosen at first; «SI» before «NO»."""
    html = pintar(JuramentoForm(contexto=CONTEXTO))
    assert "checked" not in html
    assert re.findall(r'name="pregunta_\d" value="(\w+)"', html) == ["SI", "NO"] * 6


@pytest.mark.parametrize("campo", DETALLES)
@pytest.mark.parametrize("respuesta", ["SI", "NO", ""])
@pytest.mark.parametrize("escrito", ["bueno", ""])
def test_el_detalle_se_exige_solo_con_su_respuesta(campo, respuesta, escrito):
    """B3.1: the whole matrix of answer and detail, the date of question 3 among them."""
    pregunta, condicion = CONDICIONES[campo]
    n = pregunta[-1]
    datos = JURAMENTO | BUENOS | {pregunta: respuesta, campo: BUENOS[campo] if escrito else ""}
    esperados = {} if respuesta else {pregunta: [f"Responda SI o NO a la pregunta {n}."]}
    if respuesta == condicion and not escrito:
        esperados = {campo: [f"Usted respondió {condicion} a la pregunta {n}. Escriba {DETALLES[campo]}."]}
    formulario = JuramentoForm(datos, contexto=CONTEXTO)
    assert errores(formulario) == esperados
    if formulario.is_valid():
        assert formulario.valores()[campo] == (
            formulario.fields[campo].clean(BUENOS[campo]) if escrito else ""
        )
        assert (campo in formulario.congelables()) is (respuesta == condicion)


@pytest.mark.parametrize("respuestas", list(product(["SI", "NO"], repeat=6)))
def test_toda_combinacion_congela_solo_lo_que_se_pidio(respuestas):
    """B3.1, B3.2: no answer blocks, SI in 6 neither; what its condition discards is not frozen."""
    datos = {f"pregunta_{n}": r for n, r in enumerate(respuestas, 1)} | BUENOS
    formulario = JuramentoForm(datos, contexto=CONTEXTO)
    assert formulario.is_valid(), formulario.errors
    quedan = {c for c, (pregunta, condicion) in CONDICIONES.items() if datos[pregunta] == condicion}
    assert set(formulario.congelables()) == {f"pregunta_{n}" for n in range(1, 7)} | quedan
    assert len(formulario.legibles()) == 6 + len(quedan)
    assert set(formulario.valores()) == set(formulario.fields)


def test_lo_que_no_se_pide_se_guarda_aunque_este_mal():
    """B3.1: hidden without erasing; an error where the person cannot see it would stop them."""
    formulario = juramento(pregunta_3="SI", detalle_3="MINEDUC", fecha_entrega_cargo="ayer")
    assert formulario.is_valid(), formulario.errors
    assert formulario.valores()["fecha_entrega_cargo"] == "ayer"
    assert "fecha_entrega_cargo" not in formulario.congelables()
    assert 'value="ayer"' in pintar(formulario)


@pytest.mark.parametrize(
    ("escrita", "esperado"),
    [
        ("21/05/2026", "La fecha de entrega de cargo no puede ser futura. Revísela."),
        ("31/02/2026", "Esa fecha no existe en el calendario. Revise el día y el mes."),
        ("ayer", "Escriba la fecha así: 31/12/1980."),
    ],
)
def test_la_fecha_de_entrega_es_una_fecha_pasada(escrita, esperado):
    """B3.1."""
    assert errores(juramento(fecha_entrega_cargo=escrita)) == {"fecha_entrega_cargo": [esperado]}
    assert juramento(fecha_entrega_cargo="20/05/2026").is_valid()


def test_un_detalle_largo_se_cuenta():
    """S29."""
    assert errores(juramento(pregunta_1="SI", detalle_1="x" * 301)) == {
        "detalle_1": ["Escriba 300 letras o menos. Ahora tiene 301."]
    }


def test_cada_pregunta_es_un_grupo_con_su_texto_y_sus_detalles():
    """B3: contrato.md, «each question is a group named by its text … the extra field follows it»."""
    grupos = re.findall(r"<fieldset.*?</fieldset>", pintar(JuramentoForm(contexto=CONTEXTO)), re.S)
    assert len(grupos) == 6
    for n, grupo in enumerate(grupos, 1):
        leyenda = re.search("<legend>(.*?)</legend>", grupo, re.S)[1]
        etiqueta = JuramentoForm.base_fields[f"pregunta_{n}"].label
        assert re.sub("<.*?>", "", leyenda) == etiqueta
        campos = [c for c, (pregunta, _) in CONDICIONES.items() if pregunta == f"pregunta_{n}"]
        orden = [f"pregunta_{n}", f"pregunta_{n}", *campos]
        assert re.findall(r'<input[^>]* name="(\w+)"', grupo) == orden


def test_las_dos_vinetas_de_la_tercera_se_leen_siempre():
    """B3.1: both «En caso…» lines, whatever was answered."""
    for respuesta in ("", "SI", "NO"):
        html = pintar(juramento(pregunta_3=respuesta))
        assert "<li>En caso afirmativo indicar Dependencia o Entidad.</li>" in html
        assert "<li>En caso negativo indicar la fecha de entrega de cargo.</li>" in html


def test_sin_javascript_todos_los_detalles_estan_en_la_pagina():
    """B3.1: visible always; nothing is hidden in what the server sends."""
    html = pintar(JuramentoForm(contexto=CONTEXTO))
    assert all(f'name="{campo}"' in html for campo in DETALLES)
    assert "hidden>" not in html
    assert "disabled" not in html


def test_lo_legible_de_una_declaracion():
    formulario = juramento(pregunta_1="SI", detalle_1="  Municipalidad,   jubilación ")
    assert formulario.is_valid()
    assert formulario.legibles()[:3] == [
        ("1. Percibo pensión similar del Estado, sus Entidades Descentralizadas o Autónomas.", "SI"),
        ("En caso afirmativo indicar Dependencia o Entidad, clase de pensión", "Municipalidad, jubilación"),
        ("2. Tengo en suspenso o reservada pensión similar del Estado.", "NO"),
    ]
    assert ("Fecha de entrega de cargo", "28-02-2026") in formulario.legibles()


@pytest.mark.parametrize("escrito", ["0\x1f\xa00", "2026\x1f-02-28", "  a  \x00 b", "a" * 299 + "  b"])
@pytest.mark.parametrize("campo", ["detalle_1", "fecha_entrega_cargo"])
def test_lo_que_no_se_pide_no_cambia_al_guardarse_otra_vez(campo, escrito):
    """A second saving of the same page would void the printed form."""
    formulario = juramento(pregunta_1="NO", pregunta_3="SI", **{"detalle_3": "MINISTERIO", campo: escrito})
    assert formulario.is_valid(), formulario.errors
    otra_vez = JuramentoForm(formulario.valores(), contexto=CONTEXTO)
    assert otra_vez.is_valid()
    assert otra_vez.valores() == formulario.valores()


TEXTO = st.text(max_size=30)


@settings(deadline=None, max_examples=150)
@given(
    respuestas=st.lists(st.sampled_from(["SI", "NO"]), min_size=6, max_size=6),
    detalles=st.lists(TEXTO, min_size=4, max_size=4),
    fecha=st.one_of(st.sampled_from(["28/02/2026", "2026-02-28", "30/02/2026", ""]), TEXTO),
)
def test_lo_guardado_vuelve_a_valer_y_no_cambia(respuestas, detalles, fecha):
    """B0: also what was not asked for and was typed wrong."""
    datos = {f"pregunta_{n}": r for n, r in enumerate(respuestas, 1)}
    datos |= {f"detalle_{n}": d for n, d in enumerate(detalles, 1)} | {"fecha_entrega_cargo": fecha}
    formulario = JuramentoForm(datos, contexto=CONTEXTO)
    if not formulario.is_valid():
        return
    otra_vez = JuramentoForm(formulario.valores(), contexto=CONTEXTO)
    assert otra_vez.is_valid(), otra_vez.errors
    assert otra_vez.valores() == formulario.valores()
    assert otra_vez.congelables() == formulario.congelables()
