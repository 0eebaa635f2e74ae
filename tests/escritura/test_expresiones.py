"""PostgreSQL and SQLite find and sort as the keys in Python do."""

import pytest

from escritura.expresiones import ClaveBusqueda, ClaveOrden
from escritura.orden import clave_busqueda, clave_orden
from territorio.models import Departamento

NOMBRES = [
    "Ocaña",
    "Ñito",
    "Nuz",
    "NÚÑEZ",
    "Nuñez",
    "Nora",
    "Álvarez",
    "Alvarez",
    "álvaro",
    "B\u2019alam",
    "de León",
]


@pytest.fixture
def lugares(db):
    Departamento.objects.filter(municipios=None).delete()
    filas = [Departamento(codigo=f"{n:02}", nombre=nombre) for n, nombre in enumerate(NOMBRES, 50)]
    Departamento.objects.bulk_create(filas)
    return Departamento.objects.filter(codigo__gte="50")


def test_la_base_ordena_como_el_espanol(lugares):
    hallados = list(lugares.order_by(ClaveOrden("nombre")).values_list("nombre", flat=True))
    assert hallados == sorted(NOMBRES, key=clave_orden)


def test_la_base_busca_sin_tildes(lugares):
    for codigo, nombre, clave in lugares.annotate(c=ClaveBusqueda("nombre")).values_list(
        "codigo", "nombre", "c"
    ):
        assert clave == clave_busqueda(nombre), codigo
