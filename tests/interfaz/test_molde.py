"""The fast way of writing a list's rows equals the template, byte for byte (decision 0046)."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from ceo_portal.interfaz import molde
from mesa.consultas import fila
from tramites.models import Estado

FILA = "mesa/fila.html"
FICHA = "f" * 64
VENENOS = [
    "<script>alert(1)</script>",
    "\"><b onx='y'> &amp; ",
    "{{ forma.estado }}{% csrf_token %}",
    "100 %s %(x)s %%",
    f"{molde.MARCA}01",
    "Ñuñez\x00\u202e\u2028",
    "",
]
SEMAFOROS = [None, *(fila.Antiguedad(dias, 1).semaforo for dias in (0, fila.POR_VENCER, fila.VENCIDA))]


def formas() -> Iterator[fila.Forma]:
    """Every form that a row of the queue may take, and more."""
    estados = [estado.value for estado in Estado if estado != Estado.CREACION]
    return map(fila.Forma._make, product(estados, SEMAFOROS, *[(False, True)] * 4))


def con(texto: str, numero: int = 7) -> fila.TextosDeFila:
    """The same text everywhere but in the number."""
    return fila.TextosDeFila(str(numero), *[texto] * (len(fila.TextosDeFila._fields) - 1))


def ordinario(plantilla: str, forma, textos, ficha: str = FICHA) -> str:
    return get_template(plantilla).render({"forma": forma, "textos": textos, "csrf_token": ficha})


@pytest.fixture(autouse=True)
def _desde_cero():
    molde._moldes.clear()


def test_cada_forma_de_fila_sale_como_la_escribe_su_plantilla():
    for forma in formas():
        for veneno in VENENOS:
            textos = con(veneno)
            assert molde.escribir(FILA, [(forma, textos)], FICHA) == ordinario(FILA, forma, textos)


@given(st.lists(st.tuples(st.sampled_from(list(formas())), st.builds(con, st.text(), st.integers(1)))))
def test_tambien_varias_seguidas_con_cualquier_texto(filas):
    esperado = "".join(ordinario(FILA, forma, textos) for forma, textos in filas)
    assert molde.escribir(FILA, filas, FICHA) == esperado


def test_lo_que_una_persona_lee_no_queda_en_la_fila_de_otra():
    forma = fila.Forma(Estado.RECIBIDA, SEMAFOROS[1], False, False, False, True)
    de_cada_una = [("ANA XOL", "a" * 64), ("LUZ CHOC", "b" * 64)]
    paginas = [molde.escribir(FILA, [(forma, con(nombre))], ficha) for nombre, ficha in de_cada_una]
    for pagina, suyo, ajeno in zip(paginas, de_cada_una, reversed(de_cada_una), strict=True):
        assert all(texto in pagina for texto in suyo)
        assert not any(texto in pagina for texto in ajeno)


def test_lo_seguro_se_escribe_como_viene():
    textos = con(mark_safe("<b>1</b>"))
    forma = next(formas())
    assert molde.escribir(FILA, [(forma, textos)], FICHA) == ordinario(FILA, forma, textos)


def test_la_etiqueta_lleva_la_ficha_de_la_pagina():
    forma = fila.Forma(Estado.RECIBIDA, SEMAFOROS[1], False, False, False, True)
    contexto = Context({"filas": [(forma, con("ANA"))], "csrf_token": FICHA})
    pagina = Template(f'{{% load ceo %}}{{% renglones "{FILA}" filas %}}').render(contexto)
    assert f'name="csrfmiddlewaretoken" value="{FICHA}"' in pagina


def test_los_moldes_que_se_guardan_tienen_tope(monkeypatch):
    monkeypatch.setattr(molde, "TOPE", 3)
    for forma in formas():
        molde.escribir(FILA, [(forma, con("ANA"))], FICHA)
        assert len(molde._moldes) <= 3


class Nada(NamedTuple):
    pass


def test_una_fila_sin_textos_es_su_plantilla():
    assert molde.escribir("componentes/marca.html", [(Nada(), Nada())], "") == ordinario(
        "componentes/marca.html", Nada(), Nada()
    )
