"""The kinds of field: what they keep, what they show and how fast a long list is written."""

import pytest
from django import forms

from previsión.campos import (
    PRIMERA_OPCION,
    CampoFechaEscrita,
    CampoLista,
    CampoTelefono,
    CampoTexto,
    Desplegable,
    Opciones,
)

OPCIONES = (
    ("1", "Ch'orti' <script>"),
    ("El \"Progreso\" & 'otros'", (("0201", "Guastatoya"), ("02&", 'San "Agustín"'))),
    ("2", "Mam"),
)


@pytest.mark.parametrize("valor", [None, "", "1", "0201", "02&", "2", "no está", '"><script>', 2])
@pytest.mark.parametrize(
    "atributos", [{}, {"id": "id_x", "required": True, "data-n": "<&\"'>", "hidden": False}]
)
def test_la_lista_escribe_lo_mismo_que_django(valor, atributos):
    """B2.1. The short way equals the ordinary one (rendimiento.md)."""
    rapida = Desplegable({"class": "c"}, choices=Opciones(lambda: OPCIONES)).render(
        "x", valor, dict(atributos)
    )
    comun = forms.Select({"class": "c"}, choices=(PRIMERA_OPCION, *OPCIONES)).render(
        "x", valor, dict(atributos)
    )
    assert rapida == comun


def test_la_lista_lee_su_catalogo_cada_vez():
    filas = [("1", "Uno")]
    campo = CampoLista(opciones=lambda: tuple(filas))
    assert "Uno" in campo.widget.render("x", "")
    filas[0] = ("1", "Otro")
    assert "Otro" in campo.widget.render("x", "")
    assert campo.clean("1") == "1"
    assert campo.legible("1") == "Otro"
    assert campo.legible("9") == "9"


def test_una_opcion_ajena_se_rechaza():
    """mensajes.md §3."""
    campo = CampoLista(opciones=lambda: (("1", "Uno"),), dato="su género", required=True)
    with pytest.raises(forms.ValidationError, match="Elija una opción de la lista"):
        campo.clean("2")
    with pytest.raises(forms.ValidationError, match="Elija su género"):
        campo.clean("")


def test_la_fecha_se_guarda_iso_y_se_muestra_como_se_escribe():
    """formatos.md: dd/mm/aaaa in the control, dd-mm-aaaa when read."""
    campo = CampoFechaEscrita(dato="su fecha")
    assert campo.clean("31-12-1980") == "1980-12-31" == campo.clean("1980-12-31")
    assert campo.prepare_value("1980-12-31") == "31/12/1980"
    assert campo.prepare_value("31 de") == "31 de"
    assert campo.legible("1980-12-31") == "31-12-1980"


def test_el_telefono_se_muestra_sin_el_pais():
    """cui.md §4."""
    campo = CampoTelefono(dato="su teléfono", regla=lambda v: v)
    assert campo.prepare_value("+50255551234") == "5555-1234"
    assert campo.prepare_value("no es") == "no es"


def test_un_texto_largo_no_lo_corta_el_navegador():
    """S29: capped, and said with words."""
    campo = CampoTexto(dato="su dirección", maximo=5)
    assert "maxlength" not in campo.widget.render("x", "")
    with pytest.raises(forms.ValidationError, match="Escriba 5 letras o menos"):
        campo.clean("seis66")
