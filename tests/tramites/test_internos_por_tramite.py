"""MO11: what the desk leaves on record is each procedure's own, also of Gestiones of before."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django import forms
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from mesa.formularios import InternosForm
from tests.fabricas import GestionFactory
from tramites import registro
from tramites.models import DatosInternos

pytestmark = pytest.mark.django_db
MIGRACION = import_module("tramites.migrations.0016_internos_por_tramite")
ANTERIOR = MIGRACION.Migration.dependencies[0]
DE_ANTES = {"causa": "ENF", "declarada_el": date(2026, 3, 5), "dos_anios": True}
COMO_DATOS = {"causa": "ENF", "declarada_el": "2026-03-05", "dos_anios": True}


@pytest.fixture(scope="module")
def la_de_antes():
    """The table as the version before this one knows it."""
    return MigrationLoader(None).project_state(ANTERIOR).apps


@pytest.fixture(scope="module")
def al_migrar():
    """The table as the migration sees it: with the columns of before and the data of now."""
    estado = MigrationLoader(None).project_state(ANTERIOR)
    for operacion in MIGRACION.Migration.operations[:3]:
        operacion.state_forwards("tramites", estado)
    return estado.apps


def correr(funcion, apps):
    funcion(apps, SimpleNamespace(connection=connection))


def test_migrar_conserva_causa_fecha_y_dos_anios(la_de_antes, al_migrar):
    """MO11: what was on record is found by the desk where it was, and the way back keeps it too."""
    llena, vacia = GestionFactory(), GestionFactory()
    antes = la_de_antes.get_model("tramites", "DatosInternos").objects
    antes.create(gestion_id=llena.pk, providencia="PROV-1", **DE_ANTES)
    antes.create(gestion_id=vacia.pk)
    correr(MIGRACION.a_datos, al_migrar)
    assert DatosInternos.objects.get(gestion=llena).datos == COMO_DATOS
    assert DatosInternos.objects.get(gestion=llena).providencia == "PROV-1"
    assert DatosInternos.objects.get(gestion=vacia).datos == {}
    antes.update(causa="", declarada_el=None, dos_anios=False)
    correr(MIGRACION.a_columnas, al_migrar)
    assert antes.values(*DE_ANTES).get(gestion_id=llena.pk) == DE_ANTES
    assert antes.get(gestion_id=vacia.pk).causa == ""


def test_lo_que_ya_se_asento_en_la_version_nueva_no_se_pisa(la_de_antes, al_migrar):
    """MO11: copying again, as the next release will, takes nothing back."""
    gestion = GestionFactory()
    la_de_antes.get_model("tramites", "DatosInternos").objects.create(gestion_id=gestion.pk, **DE_ANTES)
    DatosInternos.objects.update(datos={"causa": "ACC"})
    correr(MIGRACION.a_datos, al_migrar)
    assert DatosInternos.objects.get().datos == COMO_DATOS | {"causa": "ACC"}


def test_las_dos_versiones_sirven_a_la_vez(la_de_antes):
    """MO11: while the old version serves it writes and reads its columns; the new one needs none of them."""
    antes = la_de_antes.get_model("tramites", "DatosInternos").objects
    antes.create(gestion_id=GestionFactory().pk, causa="ACC")
    nueva = DatosInternos.objects.create(gestion=GestionFactory(), datos={"causa": "ENF"})
    assert sorted(antes.values_list("causa", "dos_anios")) == [("", False), ("ACC", False)]
    assert DatosInternos.objects.exclude(pk=nueva.pk).get().datos == {}


@pytest.mark.parametrize("tramite", registro.todos(), ids=lambda t: t.clave)
def test_cada_tramite_muestra_los_suyos_y_los_comunes(tramite):
    """MO11: solvencia, providencia and the reserved mark are of all; the rest, of each one."""
    comunes = list(InternosForm.base_fields)
    propios = list(tramite.internos.base_fields) if tramite.internos else []
    assert list(InternosForm.con_los_de(tramite)(instance=DatosInternos()).fields) == [
        "version",
        *propios,
        *(c for c in comunes if c != "version"),
    ]
    assert not {"causa", "declarada_el", "dos_anios"} & set(comunes)


class CanchaForm(forms.Form):
    """Internal data of an invented procedure, with a rule of its own."""

    color = forms.CharField(label="Color", required=False)
    abierta_el = forms.DateField(label="Abierta el", required=False)

    def clean_color(self):
        if self.cleaned_data["color"] == "negro":
            raise forms.ValidationError("Ese color no.")
        return self.cleaned_data["color"].upper()


@pytest.mark.parametrize(("color", "queda"), [("rojo", "ROJO"), ("negro", None)])
def test_el_motor_guarda_los_de_un_tramite_sin_conocer_sus_campos(color, queda):
    """MO11."""
    formulario = InternosForm.con_los_de(SimpleNamespace(internos=CanchaForm))
    datos = {"version": 1, "solvencia": "pendiente", "color": color, "abierta_el": "2026-01-05"}
    form = formulario(datos, instance=DatosInternos())
    assert form.is_valid() is (queda is not None)
    if queda:
        assert form.propios() == {"color": queda, "abierta_el": "2026-01-05"}
        assert form.comunes().keys() == {"solvencia", "providencia", "providencia_el", "posible_alteracion"}
    else:
        assert form.errors["color"] == ["Ese color no."]


def test_un_tramite_sin_datos_propios_solo_tiene_los_comunes():
    """MO11."""
    assert InternosForm.con_los_de(SimpleNamespace(internos=None)) is InternosForm
