"""Templates that can be read, and pages that do not carry their indentation."""

import pytest
from django.conf import settings

from ceo_portal.interfaz.plantillas import junta

RAIZ = settings.RAIZ / "templates"
ANCHO = 120
AJENAS = {"admin/search_form.html"}  # Django's own but for its method, as they write it


@pytest.mark.parametrize("plantilla", sorted(RAIZ.rglob("*.html")), ids=lambda p: str(p.relative_to(RAIZ)))
def test_ningun_renglon_pasa_de_120_columnas(plantilla):
    """The formatter indents and spreads attributes; it breaks no text and no chain of tags."""
    if str(plantilla.relative_to(RAIZ)) not in AJENAS:
        assert not [r for r in plantilla.read_text(encoding="utf-8").splitlines() if len(r) > ANCHO]


@pytest.mark.parametrize(
    ("escrita", "compilada"),
    [
        ("<ul>\n  <li>\n    Uno\n  </li>\n</ul>\n", "<ul>\n<li>Uno</li>\n</ul>"),
        ("<p>\n  Va <b>aquí</b>\n  y sigue\n</p>", "<p>Va <b>aquí</b> y sigue</p>"),
        ("<p>Una frase\n    en dos renglones.</p>", "<p>Una frase en dos renglones.</p>"),
        ("{% if a %}\n  {{ a }}\n{% endif %}\n{% b %}", "{% if a %} {{ a }} {% endif %}\n{% b %}"),
        ('<input type="text"\n       name="q">', '<input type="text" name="q">'),
        ("{% load ceo %}\n{% icono x %}", "{% load ceo %}{% icono x %}"),
        (
            "<p>\n  Uno.\n  {% if a %}\n    Dos.\n  {% endif %}\n</p>",
            "<p>Uno. {% if a %}Dos. {% endif %}\n</p>",
        ),
        ("<p>dos  espacios</p>", "<p>dos  espacios</p>"),
        (
            '<a href="{% url x %}">\n  {% icono x %}\n  Ver\n  <b>todo</b>\n</a>',
            '<a href="{% url x %}">{% icono x %} Ver <b>todo</b></a>',
        ),
        ("<label>\n  <input>\n  {{ x }}\n</label>", "<label><input> {{ x }}</label>"),
    ],
)
def test_se_compila_sin_sangria(escrita, compilada):
    assert junta(escrita) == compilada


@pytest.mark.parametrize(
    "entera",
    [
        "<textarea readonly>\n  {{ uno }}\n\n  {{ dos }}\n</textarea>",
        "<pre>\n  a\n    b\n</pre>",
        "{% blocktranslate %}\n  Buenos días,\n  {{ x }}\n{% endblocktranslate %}",
    ],
)
def test_lo_que_cuenta_sus_espacios_queda_igual(entera):
    assert junta(entera) == entera
    assert entera in junta(f"<div>\n  {entera}\n</div>")


def test_una_pagina_viaja_sin_sangria(client):
    pagina = client.get("/").content.decode()
    assert not [r for r in pagina.splitlines() if r.startswith("  ")]


def test_una_etiqueta_se_lee_de_una_sola_manera():
    """One full of tags of the template, and cut short, is given up at once: it took as long as it liked."""
    etiqueta = '<p class="' + "{% if a %}b{% endif %}{{ c }}" * 40 + "\n<b>x</b>"
    assert junta(etiqueta).endswith("<b>x</b>")
