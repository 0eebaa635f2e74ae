"""Opening a notice, as browsers do it: a click acknowledges, arriving from outside does not."""

import pytest
from playwright.sync_api import Page, expect

from notificaciones.models import Notificacion
from tests.tramites import escenas

from . import pasos

CON_Y_SIN = pytest.mark.parametrize("pagina", [True, False], indirect=True, ids=["con JavaScript", "sin"])
PREFETCH = """ruta => document.head.append(
    Object.assign(document.createElement("link"), { rel: "prefetch", href: ruta }))"""
BOTON = "Confirmar que leí este aviso"


@pytest.fixture
def aviso(servidor: str) -> Notificacion:
    """The notice of a previo, unread."""
    gestion = escenas.observada(pasos.persona())
    return Notificacion.objects.get(plantilla="previo", gestion=gestion.numero)


def leido(aviso: Notificacion) -> bool:
    aviso.refresh_from_db()
    return aviso.leida_en is not None


@CON_Y_SIN
def test_un_clic_en_mis_notificaciones_es_el_acuse(pagina: Page, aviso):
    """D2, matriz.md §6."""
    pasos.entrar(pagina, aviso.destinatario).goto("/notificaciones/")
    pagina.get_by_role("link", name=aviso.asunto).click()
    expect(pasos.titulo(pagina)).to_have_text(aviso.asunto)
    expect(pasos.boton(pagina, BOTON)).to_have_count(0)
    assert leido(aviso)


@CON_Y_SIN
def test_llegar_de_afuera_no_lo_es_y_el_boton_si(pagina: Page, aviso, servidor: str):
    """S19: a page of another site sends there, by redirect and by link; the mail's link after signing in."""
    ruta = f"{servidor}/notificaciones/{aviso.pk}/"
    pagina.goto(ruta)
    pasos.dar_clave(pagina, aviso.destinatario.cui)
    expect(pasos.boton(pagina, BOTON)).to_be_visible()
    pagina.context.route(
        "http://otro.example/redirige", lambda r: r.fulfill(status=302, headers={"Location": ruta})
    )
    pagina.context.route(
        "http://otro.example/enlaza",
        lambda r: r.fulfill(content_type="text/html", body=f"<a href={ruta}>ver</a>"),
    )
    pagina.goto("http://otro.example/redirige")
    expect(pasos.boton(pagina, BOTON)).to_be_visible()
    pagina.goto("http://otro.example/enlaza")
    pagina.get_by_role("link", name="ver").click()
    expect(pasos.boton(pagina, BOTON)).to_be_visible()
    assert not leido(aviso)
    pasos.boton(pagina, BOTON).click()
    expect(pasos.titulo(pagina)).to_have_text(aviso.asunto)
    expect(pasos.boton(pagina, BOTON)).to_have_count(0)
    assert leido(aviso)


def test_lo_que_el_navegador_pide_solo_no_lo_es(pagina: Page, aviso, servidor: str):
    """S19: a fetch of our own page's script, and a prefetch."""
    pasos.entrar(pagina, aviso.destinatario).goto("/notificaciones/")
    ruta = f"/notificaciones/{aviso.pk}/"
    assert pagina.evaluate("r => fetch(r).then(x => x.status)", ruta) == 200
    with pagina.expect_response(f"**{ruta}"):
        pagina.evaluate(PREFETCH, ruta)
    assert not leido(aviso)
