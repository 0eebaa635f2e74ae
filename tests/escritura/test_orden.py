"""Sorting and finding Spanish texts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escritura.orden import clave_busqueda, clave_orden

ORDENADOS = ["Alvarez", "Álvarez", "Alzate", "Nora", "Nuñez", "Núñez", "Nuz", "Ñito", "Ocaña"]


@given(st.permutations(ORDENADOS))
def test_la_lista_sale_en_orden_alfabetico(nombres: list[str]):
    """formatos.md, "Orden alfabético": ñ after n; accents count only to break a tie."""
    assert sorted(nombres, key=clave_orden) == ORDENADOS


def test_el_orden_no_mira_como_se_codifico_el_texto():
    """The same letters, composed or not, are the same word."""
    for nombre in ORDENADOS:
        assert clave_orden(unicodedata.normalize("NFD", nombre)) == clave_orden(nombre)


def test_el_orden_no_mira_las_mayusculas():
    assert sorted(["el tumbador", "El Quetzal", "EL RODEO"], key=clave_orden) == [
        "El Quetzal",
        "EL RODEO",
        "el tumbador",
    ]


@pytest.mark.parametrize(
    ("guardado", "tecleado"),
    [
        ("MUÑOZ", "munoz"),
        ("Núñez", "NUÑEZ"),
        ("B\u2019alam", "b'alam"),
        ("En Creación", "en creacion"),
        ("Güisquil", "guisquil"),
        ("DE  LEÓN ", "de león"),
    ],
)
def test_se_encuentra_como_se_teclee(guardado: str, tecleado: str):
    """formatos.md, "Orden alfabético": searching ignores accents, takes ñ and n alike, and any apostrophe."""
    assert clave_busqueda(guardado) == clave_busqueda(tecleado)


@given(st.text())
def test_la_clave_de_busqueda_de_una_clave_es_ella_misma(texto: str):
    clave = clave_busqueda(texto)
    assert clave_busqueda(clave) == clave
