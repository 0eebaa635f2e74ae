"""Searches by name or CUI leave no personal datum in an address, and each is in the log without its text."""

import pytest
from django.urls import reverse

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import arbol, palabras

pytestmark = pytest.mark.django_db
Papel = Usuario.Papel
CASOS = [
    (Papel.ANALISTA, "mesa", "q"),
    (Papel.CONSULTA, "mesa", "q"),
    (Papel.AUDITORIA, "bitacora", "persona"),
]


@pytest.mark.parametrize(("papel", "vista", "campo"), CASOS)
def test_ni_el_cui_ni_el_nombre_van_en_la_direccion(entrar, recibida, papel, vista, campo):
    navegador, direccion = entrar(papel), reverse(vista)
    cui = recibida.titular_cui
    (buscador,) = arbol(navegador.get(direccion)).findall(".//form[@role='search']")
    assert buscador.get("method") == "post"
    respuesta = navegador.post(direccion, {campo: cui, "vista": "todas"}, follow=True)
    destinos = [url for url, _codigo in respuesta.redirect_chain]
    assert destinos
    assert not any(cui in url for url in destinos)
    assert f'value="{cui}"' in respuesta.content.decode()  # it is still in its field
    if vista == "mesa":
        assert str(recibida.numero) in palabras(respuesta)
    evento = Evento.objects.get(tipo="busqueda")
    assert evento.datos["por"] == "cui"
    assert cui not in str(evento.datos)


def test_un_numero_va_en_la_direccion_y_no_es_una_lectura_de_nadie(mesa, recibida):
    respuesta = mesa.post(reverse("mesa"), {"q": str(recibida.numero), "vista": "todas"})
    assert f"q={recibida.numero}" in respuesta["Location"]
    mesa.get(respuesta["Location"])
    assert not Evento.objects.filter(tipo="busqueda").exists()


def test_la_clave_de_una_busqueda_no_dice_nada_en_otra_sesion(entrar, mesa, recibida):
    destino = mesa.post(reverse("mesa"), {"q": "tzoc", "vista": "todas"})["Location"]
    assert "tzoc" not in destino
    assert 'value="tzoc"' in mesa.get(destino).content.decode()
    assert "tzoc" not in entrar(escenas.analista()).get(destino).content.decode()


@pytest.mark.parametrize(("papel", "vista", "campo"), CASOS)
@pytest.mark.parametrize("en_el_cuerpo", [True, False])
def test_pedir_una_pagina_no_calla_la_busqueda(entrar, recibida, papel, vista, campo, en_el_cuerpo):
    navegador, datos = entrar(papel), {campo: recibida.titular_cui, "vista": "todas", "pagina": "1"}
    pedir = navegador.post if en_el_cuerpo else navegador.get
    pedir(reverse(vista), datos, follow=True)
    assert Evento.objects.filter(tipo="busqueda").count() == 1


def test_pasar_las_paginas_de_una_busqueda_anotada_no_es_otra(mesa, recibida):
    destino = mesa.post(reverse("mesa"), {"q": "tzoc", "vista": "todas"})["Location"]
    for pagina in ("", "&pagina=2", "&pagina=1"):
        mesa.get(destino + pagina)
    assert Evento.objects.filter(tipo="busqueda").count() == 1


@pytest.mark.parametrize("escrito", ["No. {}", "#{}", "Gestión No. {}"])
def test_un_numero_lo_es_como_se_escriba(mesa, recibida, escrito):
    mesa.post(reverse("mesa"), {"q": escrito.format(recibida.numero), "vista": "todas"}, follow=True)
    assert not Evento.objects.filter(tipo="busqueda").exists()
