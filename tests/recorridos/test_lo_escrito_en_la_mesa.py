"""What an analyst typed at the desk survives the preview, Back, a refusal and a conflict (matriz.md §1)."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cuentas.models import Usuario
from tests.recorridos import pasos
from tests.tramites import escenas
from tramites.acciones.reasignar import reasignar
from tramites.models import Gestion

TECLEADO = "FALTA «LA FIRMA» & EL SELLO"
RUTA_DE = {"Vista previa del correo": "vista_previa_correo", "Enviar a previo": "observar"}
RUTA_DE |= {"Admitir expediente": "admitir"}


@pytest.fixture
def ana(transactional_db) -> Usuario:
    return pasos.analista()


@pytest.fixture
def tomada(ana) -> Gestion:
    gestion = escenas.tomada(escenas.titular(), ana)
    return escenas.observar_en(gestion, ana, {1: escenas.FIRMA}, {})


@pytest.fixture(params=[True, False], ids=["con JavaScript", "sin JavaScript"])
def mesa(request, abrir: Callable[..., Page], ana, tomada) -> Page:
    """The Gestión at the desk."""
    page = pasos.entrar_a_la_mesa(abrir(javascript=request.param), ana)
    page.goto(reverse("revision", args=[tomada.numero]) + "?abrir=2")
    return page


def motivo(page: Page):
    return page.get_by_label("Motivo de envío a PREVIO")


def test_el_motivo_sigue_ahi_al_volver_de_donde_sea(mesa, tomada):
    """Back, the link to the page and «No»; the motive travels in no address."""
    motivo(mesa).fill(TECLEADO)
    for acto, nombre in RUTA_DE.items():
        for vuelta in ("atrás", "enlace"):
            pasos.boton(mesa, acto).click()
            mesa.wait_for_url(f"**{reverse(nombre, args=[tomada.numero])}")
            if vuelta == "atrás":
                mesa.go_back()
            else:
                mesa.get_by_role("link", name=f"Gestión No. {tomada.numero}").first.click()
            expect(motivo(mesa)).to_have_value(TECLEADO)
    pasos.boton(mesa, "Enviar a previo").click()
    expect(mesa.get_by_text(TECLEADO)).to_be_visible()
    mesa.get_by_role("link", name="Vista previa del correo").click()
    expect(mesa.get_by_text(TECLEADO)).to_be_visible()
    mesa.go_back()
    pasos.boton(mesa, "No").click()
    expect(motivo(mesa)).to_have_value(TECLEADO)
    mesa.goto(reverse("revision", args=[tomada.numero]))
    expect(motivo(mesa)).to_have_value(TECLEADO)


def test_lo_demas_de_la_pagina_tambien_sigue_ahi_al_volver(mesa):
    """A verdict half written, a note and an internal datum, each in a form that was not sent."""
    dos = mesa.locator("#lugar-2")
    dos.get_by_label("Con observación").check()
    dos.get_by_label("Caso de Previo").fill("A MEDIAS")
    mesa.get_by_label("Nota interna").fill("Llamar el lunes.")
    mesa.get_by_label("Providencia número").fill("77-2026")
    pasos.boton(mesa, "Vista previa del correo").click()
    expect(pasos.titulo(mesa)).to_have_text("Vista previa del correo")
    mesa.go_back()
    expect(dos.get_by_label("Caso de Previo")).to_have_value("A MEDIAS")
    expect(dos.get_by_label("Con observación")).to_be_checked()
    expect(mesa.get_by_label("Nota interna")).to_have_value("Llamar el lunes.")
    expect(mesa.get_by_label("Providencia número")).to_have_value("77-2026")


def test_al_volver_esta_abierto_el_documento_en_que_se_escribia(abrir, ana, tomada):
    page = pasos.entrar_a_la_mesa(abrir(), ana)
    page.goto(reverse("revision", args=[tomada.numero]))
    tres = page.locator("#lugar-3")
    tres.locator("summary").click()
    tres.get_by_label("Con observación").check()
    tres.get_by_label("Caso de Previo").fill("A MEDIAS")
    expect(page.locator("#visor")).to_contain_text("documento")
    pasos.boton(page, "Vista previa del correo").click()
    page.go_back()
    expect(tres.get_by_label("Caso de Previo")).to_be_visible()
    expect(tres.get_by_label("Caso de Previo")).to_have_value("A MEDIAS")
    tres.get_by_role("button", name="Guardar Documento 3").click()
    expect(tres.locator("summary")).to_contain_text("Con observación")


@pytest.mark.parametrize("acto", RUTA_DE)
def test_quien_ya_no_la_tiene_lee_lo_que_escribio(mesa, ana, tomada, acto):
    """mensajes.md §4: another took it while the motive was being typed; nothing is sent, all is shown."""
    motivo(mesa).fill(TECLEADO)
    jefa, otra = escenas.analista(papel="jefatura"), escenas.analista()
    vista = Gestion.objects.get(pk=tomada.pk).version
    reasignar(numero=tomada.numero, actor=jefa, a=otra, version=vista, ahora=timezone.now())
    pasos.boton(mesa, acto).click()
    expect(pasos.titulo(mesa)).to_have_text("Esta Gestión cambió")
    expect(mesa.get_by_label("Lo que escribió")).to_have_value(f"Motivo de envío a PREVIO: {TECLEADO}\n")
