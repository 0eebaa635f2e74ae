"""The ONSEC desk in a real browser: its pages stand axe and the telephone, and the keyboard reviews."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cuentas.models import Usuario
from tests.accesibilidad import revisar
from tests.recorridos import pasos
from tests.tramites import escenas
from tramites.models import Estado, Gestion

Papel = Usuario.Papel
ANCHOS = (360, 1280)


@pytest.fixture
def entrar(abrir: Callable[..., Page]) -> Callable[..., Page]:
    """A page where that member of the staff has signed in."""

    def _entrar(quien: Usuario, **opciones) -> Page:
        page = abrir(viewport={"width": 1280, "height": 900}, **opciones)
        page.goto("/cuenta/ingresar/")
        pasos.dar_clave(page, quien.email)
        expect(pasos.titulo(page)).not_to_have_text("Ingresar")
        return page

    return _entrar


@pytest.fixture
def analista(transactional_db) -> Usuario:
    return pasos.analista()


@pytest.fixture
def tomada(analista) -> Gestion:
    return escenas.tomada(escenas.titular(), analista)


def revisar_en_los_dos_anchos(page: Page, *direcciones: str) -> None:
    for direccion in direcciones:
        page.goto(direccion)
        for ancho in ANCHOS:
            page.set_viewport_size({"width": ancho, "height": 900})
            revisar(page)


def test_las_paginas_de_quien_revisa_pasan_axe_y_no_se_desbordan(entrar, analista, tomada):
    """F1, F2; WCAG 2.2 AA at 360 and 1280 px."""
    escenas.observar_en(tomada, analista, {1: escenas.FIRMA}, {"beneficiario": "FALTA LLENAR."})
    nombres = ("revision", "historia", "como_la_persona", "observar", "admitir", "vista_previa_correo")
    revisar_en_los_dos_anchos(
        entrar(analista),
        reverse("mesa") + "?vista=todas",
        reverse("estadisticas"),
        *(reverse(nombre, args=[tomada.numero]) for nombre in nombres),
        reverse("revision", args=[tomada.numero]) + "?abrir=1",
        reverse("revision", args=[tomada.numero]) + "?abrir=beneficiario",
    )


def test_en_el_telefono_la_cola_son_fichas_sin_desplazarse_de_lado(entrar, analista, tomada):
    """F1; WCAG 1.4.10: at 360 px each Gestión is a card, with its labels."""
    page = entrar(analista)
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(reverse("mesa") + "?vista=todas")
    caja = page.get_by_role("region", name="Gestiones")
    assert caja.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert (
        caja.get_by_role("cell").nth(1).evaluate("e => getComputedStyle(e, '::before').content") == '"Estado"'
    )
    expect(caja.get_by_role("link", name="Abrir")).to_be_visible()


@pytest.mark.parametrize("papel", [p for p in Papel if p is not Papel.ANALISTA])
def test_la_mesa_de_los_demas_papeles_tambien(entrar, tomada, papel):
    """F7; matriz.md §3."""
    numero = tomada.numero
    propias = {
        Papel.JEFATURA: ["/revision/borradores/", reverse("reasignar", args=[numero])],
        Papel.AUDITORIA: [reverse("revision", args=[numero]), reverse("leer_con_motivo", args=[numero])],
    }
    direcciones = [f"/revision/?q={numero}", *propias.get(papel, [])]
    revisar_en_los_dos_anchos(entrar(pasos.analista(papel=papel)), *direcciones)


def test_se_revisa_y_se_devuelve_solo_con_el_teclado(entrar, analista, tomada):
    """experiencia.md §3: J, K, V and O; the page neither reloads nor loses what is typed."""
    page = entrar(analista)
    page.goto(reverse("revision", args=[tomada.numero]))
    avance = page.locator("#avance")
    page.keyboard.press("o")
    for parte in ("FORMULARIO", "CAMPO DE FIRMA", "FALTA FIRMAR."):
        page.keyboard.type(parte)
        page.keyboard.press("Tab")
    caso = page.locator("#lugar-1").get_by_label("Caso de Previo")
    expect(caso).to_have_value("FORMULARIO CAMPO DE FIRMA FALTA FIRMAR.")
    page.locator("#lugar-1").get_by_role("button", name="Guardar", exact=False).last.press("Enter")
    expect(avance).to_have_text("3 de 8 revisados")
    for revisados in range(4, 9):
        page.keyboard.press("v")
        expect(avance).to_have_text(f"{revisados} de 8 revisados")
    page.get_by_label("Motivo de envío a PREVIO").fill("DOCUMENTOS PENDIENTES DE CARGAR")
    page.get_by_role("button", name="Enviar a previo").press("Enter")
    page.get_by_role("button", name="Sí, enviar a previo").press("Enter")
    expect(page.get_by_text("se envió a previo")).to_be_visible()
    assert Gestion.objects.get(pk=tomada.pk).estado == Estado.OBSERVADA
    assert tomada.previos.get().casos.get().texto == escenas.FIRMA


def test_lo_tecleado_en_otro_documento_no_se_pierde_al_guardar(entrar, analista, tomada):
    page = entrar(analista)
    page.goto(reverse("revision", args=[tomada.numero]) + "?abrir=2")
    dos, tres = page.locator("#lugar-2"), page.locator("#lugar-3")
    dos.get_by_label("Con observación").check()
    dos.get_by_label("Caso de Previo").fill("A MEDIAS")
    tres.locator("summary").click()
    tres.get_by_label("Verificado").check()
    tres.get_by_role("button", name="Guardar Documento 3").click()
    expect(page.locator("#avance")).to_have_text("3 de 8 revisados")
    dos.locator("summary").click()
    expect(dos.get_by_label("Caso de Previo")).to_have_value("A MEDIAS")
    dos.get_by_role("button", name="Guardar Documento 2").click()
    expect(page.locator("#avance")).to_have_text("4 de 8 revisados")
    assert tomada.veredictos.get(renglon=2).texto == "A MEDIAS"


def test_las_teclas_se_apagan(entrar, analista, tomada):
    """WCAG 2.1.4."""
    page = entrar(analista)
    page.goto(reverse("revision", args=[tomada.numero]))
    page.get_by_role("button", name="Desactivar").click()
    page.keyboard.press("v")
    expect(page.get_by_role("button", name="Activar")).to_be_visible()
    page.reload()
    page.keyboard.press("v")
    page.wait_for_timeout(500)
    assert not tomada.veredictos.exists()


def test_las_paginas_de_un_archivo_se_pasan_sin_recargar(entrar, analista, tomada):
    """F1: the PDF in the page, as a picture."""
    documento = tomada.documentos.get(renglon=1)
    type(documento).objects.filter(pk=documento.pk).update(paginas=2)
    page = entrar(analista)
    page.goto(reverse("revision", args=[tomada.numero]) + "?abrir=1")
    page.evaluate("window.sinRecargar = true")
    visor = page.locator("#visor")
    visor.get_by_role("link", name="Siguiente").click()
    expect(visor).to_contain_text("Página 2 de 2")
    visor.get_by_role("link", name="Anterior").click()
    expect(visor.get_by_role("img")).to_have_js_property("naturalHeight", 1600)
    assert page.evaluate("window.sinRecargar") is True
