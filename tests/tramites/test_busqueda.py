"""Finding one: by number and CUI, by every word of a name, and by what resembles it when nobody has it."""

import pytest
from django.db import connection
from django.utils import timezone

from escritura.orden import clave_busqueda
from mesa.consultas.bandeja import Criterio, Pestana, bandeja
from tests.fabricas import GestionFactory, PersonalFactory
from tramites.habiles import Calendario
from tramites.models import Estado, Gestion, Palabra

pytestmark = pytest.mark.django_db
NOMBRES = (
    "ELENA MARÍA XICARÁ BARRIOS",
    "MATEO CHOC PÚ",
    "JUAN ÑATO PÉREZ",
    "JUANA LÓPEZ PURULHÁ",
    "ROSALINDA TZOC D’ACUÑA",
    "GONZALO GONZÁLEZ",
)


@pytest.fixture
def gente() -> dict[str, Gestion]:
    ahora = timezone.now()
    return {
        nombre: GestionFactory(
            estado=Estado.ADMITIDA,
            recibida_en=ahora,
            admitida_en=ahora,
            titular_nombre=nombre,
            titular_busqueda=clave_busqueda(nombre),
        )
        for nombre in NOMBRES
    }


def buscar(texto, pestana=Pestana.TODAS):
    hoja = bandeja(
        PersonalFactory(), pestana, Criterio(texto=texto), Calendario(), timezone.localdate(), "", 25
    )
    return sorted(g.titular_nombre.split()[0] for g in hoja.pagina), hoja.parecidas


@pytest.mark.parametrize(
    ("texto", "halladas"),
    [
        ("xica", ["ELENA"]),
        ("XICARÁ elena", ["ELENA"]),
        ("icar rios", ["ELENA"]),
        ("nato", ["JUAN"]),
        ("juan", ["JUAN", "JUANA"]),
        ("juan perez", ["JUAN"]),
        ("d'acuña", ["ROSALINDA"]),
        ("pu", ["MATEO"]),  # a whole word, not the beginning of «Purulhá»
        ("choc pu", ["MATEO"]),
        ("juan - perez", ["JUAN"]),
        ("pur", ["JUANA"]),
        ("ju", []),
        ("x", []),
        ("%", []),
        ("_", []),
        ("...", []),
        ("--- ´´´", []),
        ("elena choc", []),
    ],
)
def test_cada_palabra_o_su_parte_desde_tres_letras(gente, texto, halladas):
    """The same on both databases; shorter words, whole."""
    assert buscar(texto) == (halladas, False)


def test_el_numero_y_el_cui_son_exactos(gente):
    una = gente["MATEO CHOC PÚ"]
    assert buscar(str(una.numero)) == (["MATEO"], False)
    assert buscar(f"No. {una.numero}") == (["MATEO"], False)
    assert buscar(una.titular_cui) == (["MATEO"], False)
    assert buscar(una.titular_cui[:12]) == ([], False)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("texto", "halladas"),
    [
        ("xicra", ["ELENA"]),
        ("shicara", ["ELENA"]),
        ("roslinda tzok", ["ROSALINDA"]),
        ("gonzales", ["GONZALO"]),
        ("lopes juana", ["JUANA"]),
        ("peres pu", []),  # «pu» is short: it must be there
    ],
)
def test_un_error_de_dedo_se_halla_por_parecido(gente, texto, halladas):
    """pg_trgm: only when nobody has it."""
    assert buscar(texto) == (halladas, bool(halladas))


@pytest.mark.postgresql
def test_lo_parecido_calla_cuando_alguien_se_llama_asi(gente):
    ahora = timezone.now()
    GestionFactory(
        estado=Estado.RECIBIDA,
        recibida_en=ahora,
        en_cola_desde=ahora,
        titular_nombre="LUCAS LOPES",
        titular_busqueda="lucas lopes",
    )
    assert buscar("lopes") == (["LUCAS"], False)
    # What matches stands in another tab: here is nothing, and nothing like it is offered.
    assert buscar("lopes", Pestana.ADMITIDAS) == ([], False)


@pytest.mark.postgresql
def test_las_palabras_siguen_a_los_nombres():
    """A trigger writes them: with a row, with many, and with a name that changes."""
    una = GestionFactory(titular_busqueda="ana tzul")
    Gestion.objects.filter(pk=una.pk).update(titular_busqueda="ana tzunun")
    Gestion.objects.filter(pk=una.pk).update(version=2)
    assert {"ana", "tzul", "tzunun"} <= set(Palabra.objects.values_list("texto", flat=True))


def test_en_sqlite_no_hay_parecidos(gente):
    if connection.vendor == "sqlite":
        assert buscar("xicra") == ([], False)
