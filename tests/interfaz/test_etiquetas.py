"""The template tags: states, icons, dates of Guatemala, the CUI's grouping."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.utils.safestring import mark_safe

from ceo_portal.interfaz.iconos import ICONOS
from ceo_portal.interfaz.templatetags import ceo
from tramites.models import Estado


@pytest.mark.parametrize("estado", Estado)
def test_cada_estado_tiene_icono_y_las_palabras_del_modelo(estado):
    """requisitos.md «Estados», C11."""
    html = ceo.estado(estado)
    assert f"<span>{estado.label}</span>" in html
    assert "<svg" in html


def test_la_rechazada_dice_que_no_es_una_denegacion():
    """C10."""
    html = ceo.estado(Estado.OBSERVADA)
    assert '<b class="sello">RECHAZADA</b>' in html
    assert "no es una denegación" in html
    assert "RECHAZADA" not in ceo.estado(Estado.RECIBIDA)


@pytest.mark.parametrize("nombre", ICONOS)
def test_los_iconos_no_se_leen_en_voz_alta(nombre):
    assert 'aria-hidden="true" focusable="false"' in ceo.icono(nombre)


def test_un_icono_que_no_existe_es_un_error():
    with pytest.raises(KeyError):
        ceo.icono("unicornio")


def test_las_fechas_son_las_del_dia_de_guatemala():
    """C3, E2: dd-mm-aaaa; entre las 18:00 y las 24:00 el día de Guatemala no es el de UTC."""
    noche = datetime(2026, 6, 12, 3, 36, 41, tzinfo=UTC)
    assert ceo.fecha(noche) == "11-06-2026"
    assert ceo.fecha_hora(noche) == "11-06-2026 21:36:41"
    assert ceo.fecha(date(2026, 6, 1)) == "01-06-2026"
    assert ceo.fecha(None) == ceo.fecha_hora(None) == ""


def test_el_cui_se_agrupa_como_en_el_dpi():
    """B4.1: 4-5-4."""
    assert ceo.cui("1600325470202") == "1600 32547 0202"
    assert ceo.cui(None) == ""


def test_en_palabras_sencillas_envuelve_y_escapa_lo_variable():
    plantilla = Template("{% load ceo %}{% sencillas %}<p>{{ dato }}</p>{% endsencillas %}")
    html = plantilla.render(Context({"dato": "<script>"}))
    assert html == '<div class="sencillo"><b>En palabras sencillas</b><p>&lt;script&gt;</p></div>'


def test_el_numero_no_se_aparta_de_su_palabra_ni_la_fecha_se_parte():
    """At 320 px a line ends where a person would end it; what came as text is escaped, as always."""
    assert ceo.no(7) == "No.\N{NO-BREAK SPACE}7"
    dicho = ceo.sin_partir("Gestión No. 7 <b>: quedan 30 días, hasta el 30-03-2026")
    assert dicho.replace("\N{NO-BREAK SPACE}", "·") == (
        'Gestión No.·7 &lt;b&gt;: quedan 30·días, hasta el <span class="nb">30-03-2026</span>'
    )
    enlace = mark_safe('<a href="/x/30-03-2026" title="No. 7">Ver</a>')
    assert ceo.sin_partir(enlace) == enlace
    assert ceo.sin_partir(Message(20, enlace)) == enlace
