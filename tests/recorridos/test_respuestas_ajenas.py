"""What answers in the portal's place (a proxy, a network that asks to sign in) is told in words."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.accesibilidad import revisar
from tests.tramites import escenas
from tramites.models import Gestion

from . import pasos

NGINX = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr>nginx</body></html>"
CORTE = "La conexión se cortó. Presione «Cargar archivo» para intentarlo otra vez."
SIN_RED = "No hay conexión. Revise su internet e intente otra vez."
# What the network answers to an upload, and what the page says.
RESPUESTAS = {
    "502": ({"status": 502, "body": NGINX.format("502 Bad Gateway")}, CORTE),
    "503": ({"status": 503, "body": ""}, CORTE),
    "504": ({"status": 504, "body": NGINX.format("504 Gateway Time-out")}, CORTE),
    "500": (
        {"status": 500, "body": NGINX.format("500 Internal Server Error")},
        "No pudimos guardar el archivo. Intente de nuevo en unos minutos.",
    ),
    "portal cautivo": ({"status": 200, "body": "<main><h1>Bienvenido al Wi-Fi</h1></main>"}, SIN_RED),
    "un 403 ajeno": ({"status": 403, "body": NGINX.format("403 Forbidden")}, SIN_RED),
}


@pytest.fixture
def gestion(servidor: str) -> Gestion:
    return escenas.hasta_documentos(pasos.persona())


@pytest.fixture
def ventana(pagina: Page, gestion) -> Page:
    """The files window of the renglón 2, with a good file chosen."""
    pasos.entrar(pagina, gestion.solicitante).goto(pasos.ruta_archivos(gestion, 2))
    return pagina


@pytest.fixture
def archivo(tmp_path: Path) -> Path:
    ruta = tmp_path / "certificación.pdf"
    ruta.write_bytes(escenas.pdf())
    return ruta


def contestar(pagina: Page, patron: str, **respuesta) -> None:
    """Answer the POSTs in the portal's place."""

    def ajena(ruta: Route) -> None:
        ruta.fulfill(
            content_type="text/html", **respuesta
        ) if ruta.request.method == "POST" else ruta.continue_()

    pagina.route(patron, ajena)


def test_cada_respuesta_que_no_es_del_portal_se_dice_y_se_puede_repetir(ventana: Page, gestion, archivo):
    """mensajes.md §1, §6 (`corte`): the page stays, with its file chosen, and the same button sends it."""
    direccion = ventana.url
    for respuesta, frase in RESPUESTAS.values():
        contestar(ventana, "**/documentos/2/", **respuesta)
        pasos.elegir(ventana, archivo)
        alerta = ventana.locator("[data-error]")
        expect(alerta.get_by_text(frase)).to_be_visible()
        assert alerta.inner_text().strip().endswith(frase)
        assert ventana.url == direccion
        ventana.unroute("**/documentos/2/")
    revisar(ventana)
    pasos.boton(ventana, "Cargar archivo").click()
    expect(ventana.get_by_text("Se cargó certificación.pdf.")).to_be_visible()
    assert gestion.documentos.filter(nombre="certificación.pdf").count() == 1


def test_un_413_del_proxy_dice_que_el_archivo_es_muy_grande(ventana: Page, archivo):
    """mensajes.md §6: the proxy takes less than the portal; the summary and the field say so."""
    contestar(ventana, "**/documentos/2/", status=413, body=NGINX.format("413 Request Entity Too Large"))
    pasos.elegir(ventana, archivo)
    frase = (
        "No se cargó certificación.pdf. El archivo es muy grande. Cargue un archivo más liviano. "
        "Sus otros archivos siguen guardados."
    )
    expect(pasos.resumen(ventana).get_by_role("link")).to_have_text([frase])
    expect(pasos.resumen(ventana)).to_be_focused()
    expect(ventana.locator("#error_archivo")).to_have_text(f"Error: {frase}")
    revisar(ventana)


def test_lo_muy_grande_se_dice_antes_de_enviarlo(ventana: Page, gestion, tmp_path):
    """mensajes.md §1 `muy_grande`, word for word: not a byte travels."""
    enviados = []
    ventana.on("request", lambda r: enviados.append(r.method))
    grande = tmp_path / "grande.pdf"
    grande.write_bytes(b"%PDF-1.7\n" + bytes((10 << 20) + 1))
    pasos.elegir(ventana, grande)
    frase = (
        "No se cargó grande.pdf. El archivo pesa 10.1 MB y el máximo es 10 MB. "
        "Divídalo en dos PDF o escanéelo con menor calidad. Sus otros archivos siguen guardados."
    )
    expect(pasos.resumen(ventana).get_by_role("link")).to_have_text([frase])
    expect(ventana.locator("#error_archivo")).to_have_text(f"Error: {frase}")
    expect(ventana).to_have_title(re.compile("^Error: "))
    assert "POST" not in enviados
    revisar(ventana)


def test_salir_en_otra_pestana_se_dice_una_vez_y_sin_prometer(ventana: Page, gestion, archivo):
    """mensajes.md §5: the file was not loaded, and nothing claims that something was saved."""
    otra = ventana.context.new_page()
    otra.goto("/tablero/")
    pasos.boton(otra, "Cerrar sesión").click()
    expect(pasos.titulo(otra)).to_have_text("Ingresar")
    pasos.elegir(ventana, archivo)
    expect(ventana.get_by_text("Su sesión se cerró y el archivo no se cargó.")).to_be_visible()
    expect(ventana.get_by_text("Deberá elegir el archivo de nuevo.")).to_have_count(1)
    expect(ventana.get_by_text("lo que escribió está guardado").locator("visible=true")).to_have_count(0)
    ventana.get_by_role("link", name="Ingrese otra vez").click()
    expect(pasos.titulo(ventana)).to_have_text("Ingresar")
    expect(ventana.get_by_text("Deberá elegir el archivo de nuevo.")).to_have_count(0)
    pasos.dar_clave(ventana, gestion.solicitante.cui or "")
    expect(pasos.titulo(ventana)).to_have_text("Archivo solicitado")


def test_sin_javascript_lo_dice_la_pagina_de_ingreso(pagina_sin_js: Page, gestion, archivo):
    """mensajes.md §5: once, and truly: nobody closed it «por seguridad»."""
    pagina = pagina_sin_js
    pasos.entrar(pagina, gestion.solicitante).goto(pasos.ruta_archivos(gestion, 2))
    otra = pagina.context.new_page()
    otra.goto("/tablero/")
    pasos.boton(otra, "Cerrar sesión").click()
    expect(pasos.titulo(otra)).to_have_text("Ingresar")
    pasos.elegir(pagina, archivo)
    dicho = pagina.get_by_role("status")
    expect(dicho).to_have_text(
        "Su sesión se cerró. Ingrese otra vez. No se guardó lo último que hizo. "
        "Deberá elegir el archivo de nuevo."
    )
    pagina.goto("/cuenta/ingresar/")
    expect(dicho).to_have_count(0)


@pytest.mark.parametrize(
    ("respuesta", "dice"),
    [
        (RESPUESTAS["portal cautivo"][0], "No hay conexión. Lo intentaremos de nuevo."),
        ({"status": 413, "body": "x"}, "No hay conexión. Lo intentaremos de nuevo."),
        (RESPUESTAS["502"][0], "El portal no responde. Lo intentaremos de nuevo."),
        (RESPUESTAS["504"][0], "El portal no responde. Lo intentaremos de nuevo."),
    ],
    ids=["portal cautivo", "413", "502", "504"],
)
def test_el_autoguardado_no_da_por_guardado_lo_que_nadie_recibio(
    abrir: Callable[..., Page], servidor, respuesta, dice
):
    """Neither «Guardado» nor «Su sesión se cerró»; and it saves itself once the portal is back."""
    gestion = escenas.nueva(pasos.persona())
    pagina = pasos.entrar(abrir(), gestion.solicitante)
    pagina.goto(pasos.ruta_paso(gestion, "datos-generales"))
    pagina.clock.install()
    contestar(pagina, "**/paso/**", **respuesta)
    pagina.get_by_label("Tercer nombre").fill("LUZ")
    pagina.clock.run_for(2_000)
    estado = pagina.locator("[data-guardado]")
    expect(estado).to_have_text(dice)
    pagina.unroute("**/paso/**")
    pagina.clock.run_for(16_000)
    expect(estado).to_have_text(re.compile("^Guardado a las"))
    assert gestion.respuestas.get(paso="datos-generales").valores["tercer_nombre"] == "LUZ"


def test_sin_javascript_ninguna_pagina_promete_que_guarda_sola(abrir: Callable[..., Page], servidor):
    """Only where the script runs is it true."""
    gestion = escenas.nueva(pasos.persona())
    for javascript, promesas in ((False, 0), (True, 1)):
        pagina = pasos.entrar(abrir(javascript=javascript), gestion.solicitante)
        pagina.goto(pasos.ruta_paso(gestion, "datos-generales"))
        expect(pagina.get_by_text("Su información se guarda automáticamente.")).to_have_count(promesas)
        expect(pagina.get_by_text("para guardar lo que escribió.")).to_have_count(1 - promesas)


@pytest.mark.parametrize("respuesta", [RESPUESTAS["502"][0], None], ids=["502", "sin red"])
def test_un_veredicto_sin_respuesta_se_dice_y_conserva_lo_escrito(pagina: Page, servidor, respuesta):
    """The desk too: no proxy's page takes the place of a case that was being written."""
    ana = pasos.analista()
    gestion = escenas.tomada(pasos.persona(), ana)
    pasos.entrar_a_la_mesa(pagina, ana).goto(f"/revision/gestiones/{gestion.numero}/?abrir=1")
    lugar = pagina.locator("[data-lugar='1']")
    lugar.get_by_label("Con observación").check()
    lugar.get_by_label("Caso de Previo").fill("FALTA FIRMAR EL FORMULARIO.")
    if respuesta:
        contestar(pagina, "**/documentos/1/", **respuesta)
    else:
        pagina.context.set_offline(True)
    guardar = lugar.get_by_role("button", name="Guardar", exact=False).last
    guardar.click()
    expect(lugar.get_by_role("alert")).to_contain_text("Lo que escribió sigue aquí.")
    expect(lugar.get_by_label("Caso de Previo")).to_have_value("FALTA FIRMAR EL FORMULARIO.")
    pagina.unroute_all()
    pagina.context.set_offline(False)
    guardar.click()
    expect(lugar.get_by_text("Guardado a las")).to_be_attached()
    assert gestion.veredictos.get(renglon=1).texto == "FALTA FIRMAR EL FORMULARIO."
