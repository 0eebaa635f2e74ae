"""The crispy pack: what a field looks like, in what order, and how its parts are tied together."""

import re
from html.parser import HTMLParser

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template

from previsión.campos import CampoFechaEscrita, CampoSiNo


class MuestraForm(forms.Form):
    apellido = forms.CharField(
        label="Primer apellido",
        help_text="Igual que en su DPI.",
        error_messages={"required": "Escriba su primer apellido."},
    )
    segundo = forms.CharField(label="Segundo apellido", required=False)
    nacimiento = CampoFechaEscrita(label="Fecha de nacimiento", dato="su fecha", help_text="dd/mm/aaaa")
    pregunta = CampoSiNo(label="1. Percibo pensión.", mensaje="Responda SI o NO a la pregunta 1.")
    acepto = forms.BooleanField(label="CONFIRMO", error_messages={"required": "Debe marcar la confirmación."})
    archivo = forms.FileField(label="Archivo PDF", required=False)
    ficha = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Recargue."})


class ConDisposicionForm(forms.Form):
    nombre = forms.CharField(label="Primer nombre")
    correo = forms.CharField(label="Correo electrónico")
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(
        Fieldset("Nombre", "nombre", Field("correo", wrapper_class="doble"), css_class="tramo")
    )


class Partes(HTMLParser):
    """The order in which the parts of the first field come."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.vistas: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        clase = (dict(attrs).get("class") or "").split()
        self.vistas += [p for p in ("ayuda", "error") if p in clase]
        self.vistas += [tag] if tag in {"label", "legend", "input", "select"} else []


def pintar(form: forms.Form) -> str:
    return Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))


def campo(form: forms.Form, nombre: str) -> str:
    return Template("{% load crispy_forms_tags %}{{ campo|as_crispy_field }}").render(
        Context({"campo": form[nombre]})
    )


def test_el_orden_es_rotulo_ayuda_error_y_control():
    """experiencia.md §2 (1.3.1, 3.3.1)."""
    assert Partes(campo(MuestraForm({}), "apellido")).vistas == ["label", "ayuda", "error", "input"]
    assert Partes(campo(MuestraForm(), "apellido")).vistas == ["label", "ayuda", "input"]


def test_el_rotulo_lleva_asterisco_a_la_vista_y_obligatorio_al_oido():
    """B2.3."""
    html = campo(MuestraForm(), "apellido")
    assert '<span aria-hidden="true"> *</span><span class="oculto"> (obligatorio)</span></label>' in html
    assert "*" not in campo(MuestraForm(), "segundo")


def test_el_control_esta_unido_a_su_ayuda_y_a_su_error():
    """experiencia.md §2 (4.1.2, 3.3.1)."""
    html = campo(MuestraForm({}), "apellido")
    control = re.search(r"<input[^>]*>", html)[0]
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_apellido_helptext id_apellido_error"' in control
    for parte in (
        'id="id_apellido_helptext"',
        'id="id_apellido_error"',
        '<label for="id_apellido">',
        'id="id_apellido"',
    ):
        assert html.count(parte) == 1
    assert "aria-" not in re.search(r"<input[^>]*>", campo(MuestraForm(), "segundo"))[0]


def test_el_error_se_dice_con_la_palabra_error():
    """experiencia.md §2 (1.4.1): never by colour alone."""
    html = campo(MuestraForm({}), "apellido")
    assert '<span class="oculto">Error: </span>Escriba su primer apellido.' in html
    assert '<svg class="i"' in html


def test_si_y_no_son_un_grupo_con_nombre_y_sin_eleccion():
    """B3, contrato.md «Step 3»."""
    html = campo(MuestraForm(), "pregunta")
    assert Partes(html).vistas == ["legend", "label", "input", "label", "input"]
    assert "<legend>1. Percibo pensión.</legend>" in html
    assert "checked" not in html
    assert '<div class="par">' in html


def test_el_error_de_un_grupo_se_describe_en_el_grupo():
    html = campo(MuestraForm({}), "pregunta")
    assert '<fieldset class="campo mal" id="id_pregunta" aria-describedby="id_pregunta_error">' in html


def test_la_casilla_va_dentro_de_su_rotulo_y_sin_asterisco():
    """B5.2, B2.3: no se usan otros asteriscos."""
    html = campo(MuestraForm({}), "acepto")
    assert re.search(
        r'<label class="opcion" for="id_acepto"><input type="checkbox"[^>]*><span>CONFIRMO</span></label>',
        html,
    )
    assert "*" not in html


def test_la_fecha_es_un_solo_campo_de_texto_con_su_forma():
    """contrato.md «Dates are one text field»."""
    html = campo(MuestraForm(), "nacimiento")
    assert '<input type="text"' in html
    assert ">dd/mm/aaaa</p>" in html


def test_lo_tecleado_se_escapa():
    html = campo(MuestraForm({"apellido": '"><script>alert(1)</script>'}), "apellido")
    assert "<script>" not in html


def test_el_formulario_entero_pinta_cada_campo_una_vez():
    html = pintar(MuestraForm())
    for nombre in MuestraForm.base_fields:
        assert html.count(f'name="{nombre}"') == (2 if nombre == "pregunta" else 1)


def test_una_disposicion_pinta_tramos_con_titulo():
    html = render_crispy_form(ConDisposicionForm())
    assert '<fieldset class="tramo">\n<legend>Nombre</legend>' in html
    assert '<div class="campo doble">' in html
    assert "<form" not in html


@pytest.mark.parametrize("form", [MuestraForm({}), MuestraForm({"apellido": "TZOC"})])
def test_el_resumen_repite_cada_error_y_lleva_a_su_campo(form):
    """experiencia.md §1 «Validation»: mismas palabras, enlace al campo."""
    resumen = Template("{% include 'componentes/resumen_errores.html' %}").render(Context({"form": form}))
    assert "Hay un problema" in resumen
    assert 'tabindex="-1"' in resumen
    enlaces = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', resumen)
    assert len(enlaces) == len(form.errors) - 1
    assert "<li>Recargue.</li>" in resumen  # a hidden field cannot be gone to
    html = pintar(form)
    for ancla, mensaje in enlaces:
        assert f'id="{ancla}"' in html
        assert f"Error: </span>{mensaje}" in html


def test_el_resumen_muestra_lo_que_no_es_de_un_campo():
    form = MuestraForm({"apellido": "TZOC"})
    form.add_error(None, "El dato o la contraseña no son correctos.")
    resumen = Template("{% include 'componentes/resumen_errores.html' %}").render(Context({"form": form}))
    assert "<li>El dato o la contraseña no son correctos.</li>" in resumen
