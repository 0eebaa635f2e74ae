"""The form of what is repeated: each element with its own words, and a number for life (MO3, MO18)."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tests.motor.juguete import MASCOTAS, DatosForm
from tests.prevision.datos import CONTEXTO
from tramites.grupos import agregado, quitado

UNA = {"color": "ROJO", "mascotas.orden": "1", "mascotas.1.nombre": "Canela", "mascotas.1.edad": "3"}


def formulario(**cambios: str) -> DatosForm:
    return DatosForm(UNA | {k.replace("_", "."): v for k, v in cambios.items()}, contexto=CONTEXTO)


def test_abre_con_los_que_debe_haber():
    """MO3: as many as its least."""
    form = DatosForm(contexto=CONTEXTO, initial=DatosForm.iniciales(CONTEXTO))
    assert [n for n in form.fields if n.startswith("mascotas.1.")] == ["mascotas.1.nombre", "mascotas.1.edad"]


def test_lo_malo_de_un_elemento_se_dice_junto_a_su_campo():
    """MO3: the field's own words, and those of its element over several fields, once each."""
    form = formulario(
        mascotas_orden="1,3", mascotas_3_nombre="Tortuga", mascotas_3_edad="2", mascotas_1_nombre=""
    )
    assert dict(form.errors) == {
        "mascotas.1.nombre": ["Escriba su nombre."],
        "mascotas.3.edad": ["Las tortugas llegan de cinco años o más."],
    }


def test_sin_ninguno_pide_agregar():
    """comun.md §10: «Agregue al menos {una persona}»."""
    assert formulario(mascotas_orden="").non_field_errors() == ["Agregue al menos una mascota."]


def test_valores_vueltos_a_llenar_dan_los_mismos_valores():
    """What is saved, bound again, validates and returns itself."""
    form = formulario()
    assert form.is_valid(), form.errors
    otra = DatosForm(form.valores(), contexto=CONTEXTO)
    assert otra.is_valid()
    assert otra.valores() == form.valores()


def test_nada_fuera_del_orden_se_acepta():
    """MO3: a thirteenth child sent by hand is not there."""
    form = formulario(mascotas_9_nombre="Intrusa", mascotas_2_nombre="Otra")
    assert not {n for n in form.tecleado() if n.startswith(("mascotas.9", "mascotas.2"))}


def test_los_rotulos_no_se_repiten_y_el_orden_no_se_lee():
    """MO18: what is compared by its label is of that element; nobody reads the order."""
    form = formulario(mascotas_orden="1,3", mascotas_3_nombre="Roca", mascotas_3_edad="12")
    assert form.is_valid(), form.errors
    rotulos = [rotulo for rotulo, _ in form.legibles()]
    assert rotulos == [
        "Color",
        "Mascota 1 · Nombre",
        "Mascota 1 · Edad",
        "Mascota 3 · Nombre",
        "Mascota 3 · Edad",
    ]


def test_el_numero_de_un_elemento_es_de_por_vida():
    """MO3: neither renumbered nor used again, although the last one leaves."""
    dos = agregado(MASCOTAS, UNA)
    tres = agregado(MASCOTAS, dos)
    assert tres["mascotas.orden"] == "1,2,3"
    sin_dos = quitado(MASCOTAS, tres | {"mascotas.2.nombre": "Roca"}, 2)
    assert (sin_dos["mascotas.orden"], "mascotas.2.nombre" in sin_dos) == ("1,3", False)
    sin_tres = quitado(MASCOTAS, sin_dos, 3)
    assert agregado(MASCOTAS, sin_tres)["mascotas.orden"] == "1,4"


def test_lleno_no_toma_uno_mas():
    """comun.md §10: it says how many at most, and what to do."""
    with pytest.raises(ValidationError, match="Puede agregar hasta 3 mascotas"):
        agregado(MASCOTAS, UNA | {"mascotas.orden": "1,2,5"})


TEXTOS = st.text(max_size=8) | st.sampled_from(["1,2", "98,99", "99", "9" * 5000])


@given(st.dictionaries(st.sampled_from([*UNA, "mascotas.ultimo", "mascotas.2.edad"]), TEXTOS))
def test_cualquier_cosa_guardada_se_abre_y_se_juzga(valores):
    """A draft may hold anything: it is judged, and adding gives a new number or says that it is full."""
    DatosForm(valores, contexto=CONTEXTO).is_valid()
    antes = MASCOTAS.ordinales(valores)
    try:
        *otros, nuevo = MASCOTAS.ordinales(agregado(MASCOTAS, valores))
    except ValidationError:
        return
    assert (tuple(otros), nuevo in antes) == (antes, False)
