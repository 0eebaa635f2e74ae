"""The lists and texts that staff edit."""

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, connection
from django.utils import timezone

from previsión.catalogos.casos import casos_de, lugar_de, mismo_nombre, tramite_de
from previsión.catalogos.consultas import olvidar, opciones, textos_vigentes
from previsión.models import Opcion, TextoEditable
from previsión.pensiones.invalidez import INVALIDEZ
from tramites import registro

pytestmark = pytest.mark.django_db
partes_de_caso = INVALIDEZ.partes_de_caso
CUENTAS = {
    "genero": 2,
    "pueblo": 6,
    "comunidad_linguistica": 29,
    "estado_civil": 7,
    "escolaridad": 14,
    "tipo_identificacion": 4,
    "ubicacion_geografica": 2,
}


@pytest.mark.parametrize(("catalogo", "cuantas"), CUENTAS.items())
def test_cada_catalogo_llega_completo(catalogo, cuantas):
    """H: the lists whose real options ONSEC has not given are rows, not code."""
    assert len(opciones(catalogo)) == cuantas


def test_el_orden_es_el_del_catalogo():
    """B2.5: «Ubicación geográfica» is Urbana or Rural, in an editable list."""
    assert opciones("ubicacion_geografica") == (("1", "Urbana"), ("2", "Rural"))
    assert [nombre for _, nombre in opciones("genero")] == ["Masculino", "Femenino"]
    Opcion.objects.filter(catalogo="genero", codigo="F").update(orden=0)
    # update() tells nobody: what was remembered stays until its minute ends.
    assert [nombre for _, nombre in opciones("genero")] == ["Masculino", "Femenino"]


def test_un_catalogo_que_no_existe_no_tiene_opciones():
    assert opciones("inexistente") == ()


def test_lo_guardado_se_ve_en_seguida(django_capture_on_commit_callbacks):
    """F3: catalogues are edited without touching the code."""
    assert len(opciones("genero")) == 2
    with django_capture_on_commit_callbacks(execute=True):
        Opcion.objects.create(
            catalogo="genero", codigo="X", nombre="Otro", orden=3, vigente_desde=timezone.localdate()
        )
    assert opciones("genero")[-1] == ("X", "Otro")
    with django_capture_on_commit_callbacks(execute=True):
        Opcion.objects.get(codigo="X").delete()
    assert len(opciones("genero")) == 2


def test_siete_catalogos_cuestan_una_consulta_y_luego_ninguna(django_assert_num_queries):
    with django_assert_num_queries(1):
        for catalogo in CUENTAS:
            opciones(catalogo)
    with django_assert_num_queries(0):
        opciones("genero")


def test_solo_cuentan_las_opciones_vigentes(django_capture_on_commit_callbacks):
    hoy = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        Opcion.objects.filter(codigo="M", catalogo="genero").update(vigente_hasta=hoy - timedelta(days=1))
        Opcion.objects.filter(codigo="F", catalogo="genero").update(vigente_hasta=hoy)
        Opcion.objects.create(
            catalogo="genero", codigo="X", nombre="Mañana", orden=3, vigente_desde=hoy + timedelta(days=1)
        )
    assert opciones("genero") == (("F", "Femenino"),)


def test_una_opcion_renombrada_vale_desde_su_dia(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Opcion.objects.create(
            catalogo="genero", codigo="F", nombre="Mujer", orden=2, vigente_desde=date(2025, 1, 1)
        )
    assert opciones("genero") == (("M", "Masculino"), ("F", "Mujer"))


def test_la_vigencia_es_coherente():
    with pytest.raises(IntegrityError):
        Opcion.objects.create(
            catalogo="c",
            codigo="1",
            nombre="n",
            orden=1,
            vigente_desde=date(2026, 1, 2),
            vigente_hasta=date(2026, 1, 1),
        )


def test_un_texto_editable_rige_en_su_ultima_version(django_capture_on_commit_callbacks):
    """B5.1: the numeral 1 is a text of ONSEC's, empty while they write none."""
    clave = "invalidez.enterado.1"
    assert clave not in textos_vigentes()
    assert INVALIDEZ.textos_del_dia() == {"enterado_1": ""}
    hoy = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        TextoEditable.objects.create(clave=clave, version=1, texto="Uno", vigente_desde=hoy)
        TextoEditable.objects.create(clave=clave, version=2, texto="Dos", vigente_desde=hoy)
        TextoEditable.objects.create(
            clave=clave, version=3, texto="Tres", vigente_desde=hoy + timedelta(days=1)
        )
    assert INVALIDEZ.textos_del_dia() == {"enterado_1": "Dos"}


@pytest.mark.parametrize("modelo", [Opcion, TextoEditable])
def test_el_personal_los_edita(modelo):
    """F3."""
    assert admin.site.is_registered(modelo)


def test_cada_causa_se_ofrece_una_vez_y_donde_tiene_sentido():
    """F4: no defect twice, and of a paper none in a step."""
    lugares = [*(p.clave for p in INVALIDEZ.formularios), *(r.numero for r in INVALIDEZ.requisitos)]
    for lugar in lugares:
        partes = partes_de_caso(lugar)
        for lista in (partes.documentos, partes.campos, partes.defectos):
            assert len({mismo_nombre(n) for n in lista}) == len(lista) > 0
    for paso in lugares[:3]:
        assert "ESTÁ INCOMPLETO." in partes_de_caso(paso).defectos
        assert not {"FALTA CARGAR.", "NO SE LEE.", "ES DE OTRA PERSONA."} & set(partes_de_caso(paso).defectos)
        assert "TODAS LAS PÁGINAS" not in partes_de_caso(paso).campos
    for renglon in lugares[3:]:
        assert {"FALTA CARGAR.", "NO SE LEE.", "ESTÁ INCOMPLETO."} <= set(partes_de_caso(renglon).defectos)


def test_lo_repetido_en_las_filas_se_ofrece_una_vez(django_capture_on_commit_callbacks):
    """Rows of before, in a general and in a place of their own, or typed otherwise."""
    with django_capture_on_commit_callbacks(execute=True):
        for codigo, nombre in (("2.8", "Esta incompleto"), ("3.8", "NO SE LEE. ")):
            Opcion.objects.create(
                catalogo="caso_defecto:invalidez",
                codigo=codigo,
                nombre=nombre,
                orden=90,
                vigente_desde=date(2025, 1, 1),
            )
    assert sum(mismo_nombre(d) == "esta incompleto" for d in partes_de_caso(2).defectos) == 1
    assert sum(mismo_nombre(d) == "no se lee" for d in partes_de_caso(3).defectos) == 1


def test_la_tabla_no_toma_dos_veces_un_nombre_en_un_lugar():
    with pytest.raises(IntegrityError):
        Opcion.objects.create(
            catalogo="caso_defecto:invalidez",
            codigo="1.9",
            nombre="Falta firmar.",
            orden=9,
            vigente_desde=date(2024, 7, 1),
        )


def test_las_filas_de_antes_se_ordenan_una_vez():
    """The migration on rows that repeat: moved, merged, and what staff renamed is left alone."""
    migracion, esquema = import_module("previsión.migrations.0005_cada_causa_una_vez"), _esquema()
    _antes_de_repartir()
    Opcion.objects.filter(codigo="d.4").update(codigo="0.4")
    Opcion.objects.filter(codigo="d.3").update(codigo="0.3", nombre="ES AJENA.")
    Opcion.objects.create(
        catalogo="caso_defecto",
        codigo="p1.2",
        nombre="ESTÁ INCOMPLETO.",
        orden=2,
        vigente_desde=date(2024, 7, 1),
    )
    migracion.ordenar(apps, esquema)
    codigos = dict(Opcion.objects.filter(catalogo="caso_defecto").values_list("nombre", "codigo"))
    assert (codigos["FALTA CARGAR."], codigos["ES AJENA."]) == ("d.4", "0.3")
    assert codigos["ESTÁ INCOMPLETO."] == "0.2"


REPARTO = import_module("previsión.migrations.0006_casos_de_cada_tramite")
DE_ANTES = date(2024, 7, 1)


def _esquema():
    return SimpleNamespace(connection=connection)


def _antes_de_repartir() -> None:
    """The rows as they stood when the only procedure was Invalidez."""
    Opcion.objects.filter(catalogo__contains=":").exclude(catalogo__endswith=":invalidez").delete()
    REPARTO.reunir(apps, _esquema())


def test_repartir_deja_en_invalidez_lo_que_administracion_anadio():
    """MO12: reasons added before migrating, of a place or general, renamed or not, stay in Invalidez."""
    _antes_de_repartir()
    antes = {(lugar, parte) for lugar in (1, 6, "juramento") for parte in _todas(casos_de_antes(lugar))}
    for codigo, nombre in (("4.3", "ESTÁ MANCHADA."), ("0.3", "NO ES LEGIBLE."), ("d.2", "ESTÁ ROTO.")):
        Opcion.objects.create(
            catalogo="caso_defecto", codigo=codigo, nombre=nombre, orden=9, vigente_desde=date(2025, 3, 1)
        )
    Opcion.objects.create(
        catalogo="caso_defecto", codigo="d.4", nombre="NO LO CARGÓ.", orden=4, vigente_desde=date(2025, 3, 1)
    )
    REPARTO.repartir(apps, _esquema())
    olvidar()
    otro = casos_de("otro", INVALIDEZ.pasos)
    assert "ESTÁ MANCHADA." in partes_de_caso(4).defectos
    assert {"NO ES LEGIBLE.", "ESTÁ ROTO.", "NO LO CARGÓ."} <= set(partes_de_caso(4).defectos)
    assert not {"ESTÁ MANCHADA.", "NO ES LEGIBLE.", "ESTÁ ROTO."} & set(otro(4).defectos)
    assert {"NO SE LEE.", "NO LO CARGÓ."} <= set(otro(4).defectos)  # the portal's own, renamed
    ahora = {(lugar, parte) for lugar in (1, 6, "juramento") for parte in _todas(partes_de_caso(lugar))}
    assert antes - {(1, "FALTA CARGAR."), (6, "FALTA CARGAR.")} <= ahora
    REPARTO.reunir(apps, _esquema())
    assert not Opcion.objects.filter(catalogo__contains=":").exists()


def casos_de_antes(lugar):
    """The same place, when the catalogues were one."""
    REPARTO.repartir(apps, _esquema())
    olvidar()
    partes = partes_de_caso(lugar)
    REPARTO.reunir(apps, _esquema())
    olvidar()
    return partes


def _todas(partes) -> set[str]:
    return {*partes.documentos, *partes.campos, *partes.defectos}


@pytest.mark.parametrize("tramite", registro.todos(), ids=lambda t: t.clave)
def test_cada_renglon_ofrece_solo_lo_suyo_y_lo_general(tramite):
    """FA9, MO12: never what is another procedure's, nor another place's of the same."""
    generales = {"0", "d", "p"}
    for lugar in [*(p.clave for p in tramite.formularios), *(r.numero for r in tramite.requisitos)]:
        codigo = str(lugar) if isinstance(lugar, int) else f"p{tramite.paso(lugar).numero}"
        suyas = {
            mismo_nombre(fila.nombre)
            for fila in Opcion.objects.filter(catalogo__startswith="caso_")
            if lugar_de(fila.codigo) in generales
            or (tramite_de(fila.catalogo) == tramite.clave and lugar_de(fila.codigo) == codigo)
        }
        assert {mismo_nombre(parte) for parte in _todas(tramite.partes_de_caso(lugar))} <= suyas


def test_lo_comun_no_es_de_ningun_numero():
    """FA9: a row of the shared catalogue with a number, which only the version of before could write."""
    Opcion.objects.create(
        catalogo="caso_defecto", codigo="6.9", nombre="LE FALTA UNA HOJA.", orden=9, vigente_desde=DE_ANTES
    )
    olvidar()
    assert "LE FALTA UNA HOJA." not in partes_de_caso(6).defectos
