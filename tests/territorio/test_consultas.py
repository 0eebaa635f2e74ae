"""The 22 departments and 340 municipalities, as loaded and as staff complete them."""

from collections import Counter
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from territorio import consultas
from territorio.cui import validar
from territorio.models import Departamento, Municipio

POR_DEPARTAMENTO = [17, 8, 16, 16, 14, 14, 19, 8, 24, 21, 9, 30, 33, 21, 8, 17, 14, 5, 11, 11, 7, 17]

pytestmark = pytest.mark.django_db


def test_se_cargan_22_departamentos_y_340_municipios():
    """cui.md, "Riesgos": the list of 340, with Sipacate and Petatán."""
    cuenta = Counter(Municipio.objects.values_list("departamento_id", flat=True))
    assert [cuenta[f"{codigo:02}"] for codigo in range(1, 23)] == POR_DEPARTAMENTO
    assert Departamento.objects.count() == 22
    assert Municipio.objects.get(codigo="0514").nombre == "Sipacate"
    assert Municipio.objects.get(codigo="1333").nombre == "Petatán"


def test_los_codigos_sirven_para_validar_un_cui(django_assert_num_queries):
    """cui.md §1: the last four digits are one of the 340; the table is read once."""
    with django_assert_num_queries(1):
        assert validar("2547 81039 1333", consultas.codigos_municipios())
        assert len(consultas.codigos_municipios()) == 340


def test_un_municipio_agregado_entra_en_los_codigos(django_capture_on_commit_callbacks):
    """cui.md, "Riesgos": an unknown municipality is a row that staff add."""
    assert "2218" not in consultas.codigos_municipios()
    with django_capture_on_commit_callbacks(execute=True):
        Municipio.objects.create(codigo="2218", departamento_id="22", nombre="Municipio nuevo")
    assert "2218" in consultas.codigos_municipios()
    assert ("2218", "Municipio nuevo") in consultas.municipios_por_departamento()["22"]


def test_un_municipio_sin_vigencia_sale_de_la_lista_y_sigue_en_los_cui(django_capture_on_commit_callbacks):
    """A CUI is for life: the code outlives the municipality."""
    consultas.municipios_por_departamento()
    with django_capture_on_commit_callbacks(execute=True):
        municipio = Municipio.objects.get(codigo="2217")
        municipio.vigente = False
        municipio.save()
    assert "2217" in consultas.codigos_municipios()
    assert "2217" not in dict(consultas.municipios_por_departamento()["22"])


def test_las_listas_salen_en_orden_alfabetico():
    """formatos.md, "Orden alfabético"."""
    nombres = [nombre for _, nombre in consultas.departamentos()]
    assert nombres[:3] == ["Alta Verapaz", "Baja Verapaz", "Chimaltenango"]
    assert nombres[-6:] == ["San Marcos", "Santa Rosa", "Sololá", "Suchitepéquez", "Totonicapán", "Zacapa"]
    progreso = [nombre for _, nombre in consultas.municipios_por_departamento()["02"]]
    assert progreso == [
        "El Jícaro",
        "Guastatoya",
        "Morazán",
        "San Agustín Acasaguastlán",
        "San Antonio La Paz",
        "San Cristóbal Acasaguastlán",
        "Sanarate",
        "Sansare",
    ]


def test_las_listas_no_vuelven_a_la_base(django_assert_num_queries):
    consultas.departamentos()
    consultas.municipios_por_departamento()
    with django_assert_num_queries(0):
        consultas.departamentos()
        consultas.municipios_por_departamento()


def test_el_codigo_de_un_municipio_empieza_con_el_de_su_departamento():
    """The code is the key, never the name (LEEME.md); the database itself refuses the wrong one."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipio.objects.create(codigo="0118", departamento_id="22", nombre="Fuera de lugar")
    with pytest.raises(ValidationError, match="El código debe empezar"):
        Municipio(codigo="0118", departamento_id="22", nombre="Fuera de lugar").full_clean()


@pytest.mark.parametrize("codigo", ["22", "221A", "２２１８", "2218\n"])
def test_el_codigo_de_un_municipio_son_cuatro_numeros(codigo: str):
    with pytest.raises(ValidationError):
        Municipio(codigo=codigo, departamento_id="22", nombre="Mal escrito").clean_fields()


def test_el_codigo_ya_dado_no_se_cambia_en_la_administracion(rf):
    """Editing a key would copy the row instead of changing it."""
    pagina = admin.site.get_model_admin(Municipio)
    municipio = Municipio.objects.get(codigo="0101")
    assert "codigo" in pagina.get_readonly_fields(rf.get("/"), municipio)
    assert "codigo" not in pagina.get_readonly_fields(rf.get("/"))


def test_cargar_otra_vez_respeta_lo_que_escribio_el_personal():
    Municipio.objects.filter(codigo="0117").update(nombre="San Miguel Petapa")
    import_module("territorio.migrations.0002_cargar").cargar(apps, connection.schema_editor())
    assert Municipio.objects.get(codigo="0117").nombre == "San Miguel Petapa"
    assert Municipio.objects.count() == 340
