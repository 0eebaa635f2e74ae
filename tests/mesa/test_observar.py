"""«Enviar a previo»: confirmed over what the person will read, on the version that was seen (F2)."""

import pytest
from django.utils import timezone

from cuentas.models import Usuario
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import avisos, botones, campos, palabras, titulos
from tramites.acciones.reasignar import reasignar
from tramites.models import Estado, Gestion

pytestmark = pytest.mark.django_db


Papel = Usuario.Papel


def estado(gestion: Gestion) -> str:
    return Gestion.objects.get(pk=gestion.pk).estado


def confirmar(navegador, direccion, **dicho):
    """Open the window and press its button: the hidden fields go as they were shown."""
    ocultos = {n: v for n, v in campos(navegador.get(direccion)).items() if n in ("version", "motivo") and v}
    return navegador.post(direccion, ocultos | dicho)


@pytest.fixture
def revisada(tomada, analista) -> Gestion:
    """All verified but the first, with the manual's own case."""
    return escenas.observar_en(tomada, analista, {1: escenas.FIRMA}, {})


@pytest.fixture
def verificada(tomada, analista) -> Gestion:
    return escenas.observar_en(tomada, analista, {}, {})


def test_enviar_a_previo_se_confirma_y_lleva_el_motivo_escrito(mesa, revisada, pagina):
    """F2, E7: the motive and the cases, told before they are sent."""
    respuesta = mesa.post(
        pagina("decidir", revisada), {"motivo": escenas.MOTIVO, "accion": "observar"}, follow=True
    )
    assert titulos(respuesta) == [f"¿Enviar a previo la Gestión No. {revisada.numero}?"]
    assert botones(respuesta) == ["Sí, enviar a previo", "No"]
    assert escenas.FIRMA in palabras(respuesta)
    hecho = confirmar(mesa, pagina("observar", revisada))
    assert hecho["Location"] == pagina("revision", revisada)
    assert estado(revisada) == Estado.OBSERVADA
    assert revisada.previos.get().motivo == escenas.MOTIVO


def test_sin_motivo_va_el_de_la_regla(mesa, revisada, pagina):
    assert "DOCUMENTOS CON OBSERVACIONES" in palabras(mesa.get(pagina("observar", revisada)))
    confirmar(mesa, pagina("observar", revisada))
    assert revisada.previos.get().motivo == "DOCUMENTOS CON OBSERVACIONES"


def test_lo_que_falta_revisar_se_dice_antes_y_al_enviar(mesa, tomada, pagina):
    """mensajes.md §3: «Falta revisar: …»."""
    for nombre in ("revision", "observar"):
        assert "Falta revisar: 1, 2, 3, 4, 5, 6." in palabras(mesa.get(pagina(nombre, tomada)))
    assert "Sí, enviar a previo" not in botones(mesa.get(pagina("observar", tomada)))
    respuesta = mesa.post(pagina("observar", tomada), {"version": tomada.version}, follow=True)
    assert avisos(respuesta) == ["Falta revisar: 1, 2, 3, 4, 5, 6."]
    assert estado(tomada) == Estado.RECIBIDA


def test_el_motivo_escrito_no_se_pierde(mesa, tomada, pagina):
    """matriz.md §1: refused, «lo tecleado se conserva»; nor by going back from a window."""
    motivo = "FALTA «LA FIRMA» & EL SELLO"
    rechazada = mesa.post(
        pagina("observar", tomada), {"version": tomada.version, "motivo": motivo}, follow=True
    )
    assert avisos(rechazada) == ["Falta revisar: 1, 2, 3, 4, 5, 6."]
    assert campos(rechazada)["motivo"] == motivo
    for nombre in ("observar", "admitir", "vista_previa_correo"):
        otro = f"{motivo}, {nombre}"
        ventana = mesa.post(pagina("decidir", tomada), {"motivo": otro, "accion": nombre})
        assert ventana["Location"] == pagina(nombre, tomada)
        assert campos(mesa.get(pagina("revision", tomada)))["motivo"] == otro


def test_el_motivo_que_cruza_un_cambio_espera_en_la_pagina(mesa, revisada, pagina):
    """mensajes.md §4: after the 409 the page still has it; once sent, it is no longer offered."""
    datos = {"version": revisada.version - 1, "motivo": "FALTA LA FIRMA"}
    assert mesa.post(pagina("observar", revisada), datos).status_code == 409
    assert campos(mesa.get(pagina("revision", revisada)))["motivo"] == "FALTA LA FIRMA"
    confirmar(mesa, pagina("observar", revisada))
    assert revisada.previos.get().motivo == "FALTA LA FIRMA"
    assert mesa.session["motivos"] == {}


def test_el_motivo_es_de_su_gestion_y_de_su_sesion(mesa, revisada, pagina, analista):
    """Of the newest twenty, none is another Gestión's."""
    otra = escenas.tomada(escenas.titular(), analista)
    mesa.post(pagina("decidir", revisada), {"motivo": "UNO"})
    assert campos(mesa.get(pagina("revision", otra)))["motivo"] == ""
    sesion = mesa.session
    sesion["motivos"] = {str(-n): "VIEJO" for n in range(30)}
    sesion.save()
    mesa.post(pagina("decidir", otra), {"motivo": "DOS"})
    assert list(mesa.session["motivos"])[-1] == str(otra.numero)
    assert len(mesa.session["motivos"]) == 20


def test_sin_ninguna_observacion_no_hay_previo(mesa, verificada, pagina):
    frase = "Marque «Con observación» en al menos un documento o paso."
    assert frase in palabras(mesa.get(pagina("observar", verificada)))
    respuesta = mesa.post(pagina("observar", verificada), {"version": verificada.version}, follow=True)
    assert avisos(respuesta) == [frase]


@pytest.mark.parametrize("nombre", ["observar", "admitir"])
def test_decidir_sobre_una_version_vieja_es_409(mesa, revisada, pagina, nombre):
    """S24: each decision says the version that was seen."""
    for version in (revisada.version - 1, "", "x"):
        respuesta = mesa.post(pagina(nombre, revisada), {"version": version, "motivo": "UN MOTIVO"})
        assert respuesta.status_code == 409
    assert "Otra pestaña o persona hizo un cambio" in palabras(respuesta)
    assert estado(revisada) == Estado.RECIBIDA


def test_si_la_persona_desistio_entretanto_se_dice(mesa, revisada, titular, pagina):
    """mensajes.md §4: «La persona desistió el …»."""
    escenas.desistida(revisada)
    respuesta = mesa.post(pagina("admitir", revisada), {"version": revisada.version})
    assert respuesta.status_code == 409
    assert f"La persona desistió el {timezone.localdate():%d-%m-%Y}." in palabras(respuesta)


def test_si_otra_persona_la_tiene_ahora_se_dice(mesa, revisada, pagina):
    """mensajes.md §4: «{Nombre} la tiene ahora.»"""
    otra = escenas.analista(primer_nombre="DIEGO", primer_apellido="IXCOT")
    jefa = escenas.analista(papel=Papel.JEFATURA)
    reasignar(numero=revisada.numero, actor=jefa, a=otra, version=revisada.version, ahora=timezone.now())
    respuesta = mesa.post(pagina("observar", revisada), {"version": revisada.version})
    assert respuesta.status_code == 409
    assert "DIEGO IXCOT la tiene ahora." in palabras(respuesta)


def test_lo_ya_decidido_no_se_decide_otra_vez(mesa, revisada, analista, pagina):
    escenas.devolver(revisada, analista)
    for nombre in ("observar", "admitir"):
        assert mesa.get(pagina(nombre, revisada)).status_code == 409
        assert mesa.post(pagina(nombre, revisada), {"version": 99}).status_code == 409
