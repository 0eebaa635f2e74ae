"""The six months of silence: what the person and the desk see, with the clock run by hand (`--fecha`)."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from cuentas.models import Usuario
from tests.tramites import escenas
from tramites.models import Gestion

from . import pasos

PREVIO = "Gestión No. {}: Solicitud con observaciones"
SIN_AVISO = "Gestión No. {}: no se archivó por falta de aviso"
CONSERVADO = "Su expediente se conserva. Para reabrirlo, pídalo a ONSEC."


@pytest.fixture
def analista(servidor: str) -> Usuario:
    return pasos.analista()


@pytest.fixture
def page(abrir: Callable[..., Page], analista: Usuario) -> Page:
    """The citizen's telephone, in the page of a Gestión whose previo they have just read."""
    gestion = escenas.observada(pasos.persona(), analista)
    page = pasos.entrar(abrir(viewport={"width": 360, "height": 780}), gestion.solicitante)
    pasos.menu(page, re.compile("Mis Notificaciones")).click()
    page.get_by_role("link", name=PREVIO.format(gestion.numero)).click()
    expect(page.locator("main")).to_contain_text(escenas.FIRMA)
    page.goto(f"/gestiones/{gestion.numero}/")
    return page


@pytest.fixture
def gestion(page: Page) -> Gestion:
    """That Gestión: its clock runs."""
    return Gestion.objects.get()


@pytest.fixture
def mesa(abrir: Callable[..., Page], analista: Usuario) -> Page:
    """The browser of the analyst who has it."""
    return pasos.entrar_a_la_mesa(abrir(viewport={"width": 1280, "height": 900}), analista)


def test_seis_meses_de_silencio(page: Page, gestion: Gestion, mesa: Page):
    """FB3, FB4, FB5, C10, matriz.md §6: told both dates, reminded, the last day nothing, the next archived;
    the person reads that it is kept and the desk finds it in «Archivadas».
    """
    ultimo, archivado = gestion.ultimo_dia, gestion.archivar_el
    plazo = f"Puede actuar hasta el {ultimo:%d-%m-%Y}. Se archivará el {archivado:%d-%m-%Y} si no actúa."
    expect(page.locator("main")).to_contain_text(plazo)
    correr("enviar_avisos_archivo", ultimo - timedelta(days=7))
    call_command("despachar_correos")
    assert "Archivadas: 0. En espera: 0." in correr("archivar_inactivas", ultimo)
    sigue_abierta(page, plazo)
    assert "Archivadas: 1. En espera: 0." in correr("archivar_inactivas", archivado)
    queda_archivada(page)
    mesa.get_by_role("link", name=re.compile("^Archivadas")).click()
    mesa.get_by_role("link", name=f"Abrir la Gestión No. {gestion.numero}").click()
    expect(mesa.locator("main")).to_contain_text("Expediente Archivado")
    expect(pasos.boton(mesa, "Admitir expediente")).to_have_count(0)


def test_sin_aviso_entregado_espera_y_se_sabe(page: Page, gestion: Gestion, mesa: Page):
    """FB3, FB5, matriz.md §6-§7: it waits, its analyst is told, the reminder goes; then it is archived."""
    assert "Archivadas: 0. En espera: 1." in correr("archivar_inactivas", gestion.archivar_el)
    sigue_abierta(page)
    pasos.menu(mesa, re.compile("Mis Notificaciones")).click()
    mesa.get_by_role("link", name=SIN_AVISO.format(gestion.numero)).click()
    expect(mesa.locator("main")).to_contain_text("La Gestión espera.")
    call_command("despachar_correos")
    assert "Archivadas: 1." in correr("archivar_inactivas", gestion.archivar_el + timedelta(days=1))
    queda_archivada(page)


def correr(comando: str, dia: date) -> str:
    """What the command says, that day standing for today."""
    salida = StringIO()
    call_command(comando, f"--fecha={dia.isoformat()}", stdout=salida)
    return salida.getvalue()


def sigue_abierta(page: Page, plazo: str = "Puede actuar hasta el") -> None:
    page.reload()
    expect(page.locator("main")).to_contain_text(plazo)
    expect(page.get_by_role("link", name="Corregir", exact=True)).to_be_visible()


def queda_archivada(page: Page) -> None:
    page.reload()
    expect(page.locator("main")).to_contain_text(CONSERVADO)
    expect(page.get_by_role("link", name="Corregir", exact=True)).to_have_count(0)
    historial = page.get_by_role("region", name="Historial").get_by_role("listitem")
    expect(historial.first).to_contain_text("La Gestión se archivó")
