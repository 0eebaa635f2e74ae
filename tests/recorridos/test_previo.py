"""The manual's whole story of a previo: the desk returns it, the mail comes, it is corrected and admitted."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from notificaciones.correo import buzon
from tests.tramites import escenas
from tramites.models import Documento, Estado, Gestion

from . import pasos

MODOS = {
    "con JavaScript, a 360 px": {"javascript": True, "viewport": {"width": 360, "height": 780}},
    "sin JavaScript, a 1280 px": {"javascript": False, "viewport": {"width": 1280, "height": 900}},
}
ESCRITORIO = {"width": 1280, "height": 900}
CASO = f"Caso de Previo: {escenas.FIRMA}"
FORMULARIO = "Formulario de Solicitud de Pensión debidamente firmado y ratificado"
# D1, in its order, after the number, the date and the state.
CORREO = (
    "Oficina Nacional de Servicio Civil",
    "NO RESPONDA A ESTE CORREO.",
    "Este es un correo generado automáticamente por el sistema.",
    r"Gestión No\.: {numero}",
    r"Fecha de envío: \d\d-\d\d-\d{{4}} \d\d:\d\d:\d\d",
    "Estado: Solicitud con observaciones",
    r"Estimado \(a\) usuario \(a\):",
    "Se le informa que en la verificación de datos y documentos de la solicitud de Pensión Civil por "
    "Invalidez se ha encontrado algo por corregir.",
    "Motivo de envío a PREVIO",
    "DOCUMENTOS PENDIENTES DE CARGAR",
    "Documento 1: ver observación",
    "Toda gestión realizada ante esta oficina o a través del Portal de Comunicaciones Electrónicas "
    "ONSEC-CEO es totalmente gratuita.",
    "Gracias por utilizar nuestros servicios electrónicos.",
)


@pytest.fixture(params=MODOS.values(), ids=MODOS.keys())
def modo(request: pytest.FixtureRequest) -> dict:
    return request.param


@pytest.fixture
def page(abrir: Callable[..., Page], modo: dict) -> Page:
    """The citizen's browser."""
    return abrir(**modo)


@pytest.fixture
def mesa(abrir: Callable[..., Page], modo: dict) -> Page:
    """The analyst's, at the office."""
    return abrir(**modo | {"viewport": ESCRITORIO})


@pytest.fixture
def corregido(tmp_path: Path) -> Path:
    """The form, signed this time."""
    ruta = tmp_path / "formulario-firmado.pdf"
    ruta.write_bytes(escenas.pdf(2, 701))
    return ruta


def test_el_previo_del_manual(page: Page, mesa: Page, corregido: Path, ruta_correos: Path):
    """C8, C10, D1, D2, D3, E1, E2, E3, E4, E5, E6, E7, F1, F2, F4: from «Tomar siguiente» to
    «Expediente Admitido», each page reached by its own buttons and links.
    """
    persona = pasos.persona(email="rosalinda.tzoc@demo.gt")
    gestion = escenas.recibida(persona)
    observar(mesa, gestion)
    leer_correo(page, gestion)
    pasos.entrar(page, persona)
    leer_aviso(page, gestion)
    corregir(page, gestion, corregido)
    reenviar(page, gestion)
    admitir(mesa, gestion)
    seguir(page, gestion)


def test_un_paso_observado(page: Page, corregido: Path, tmp_path: Path):
    """E8: step 2 is re-opened, its paper is printed and signed again, and it is sent back."""
    persona = pasos.persona()
    gestion = escenas.observada(persona, pasos={"beneficiario": "DATOS MUNICIPIO DE NACIMIENTO NO COINCIDE."})
    pasos.entrar(page, persona)
    page.get_by_role("link", name=f"Corregir la Gestión No. {gestion.numero}").click()
    fila = renglon(page, 1)
    expect(fila).to_contain_text("Se abre cuando corrija el paso.")
    page.get_by_role("link", name="Corregir Paso 2, Datos del Beneficiario").click()
    expect(page.get_by_text("Caso de Previo: DATOS MUNICIPIO DE NACIMIENTO NO COINCIDE.")).to_be_visible()
    page.get_by_label("Municipio de nacimiento").select_option(label="Cantel")
    pasos.continuar(page)
    expect(page.get_by_text("Usted cambió sus datos. Confirme de nuevo los pasos 4 y 5")).to_be_visible()
    expect(pasos.titulo(page)).to_have_text("ACTA DE RATIFICACIÓN")
    pasos.continuar(page)
    page.get_by_label("CONFIRMO QUE HE LEÍDO ÍNTEGRAMENTE").check()
    boton = pasos.boton(page, "Guardar y Descargar")
    formulario = pasos.guardar_descarga(page, boton.click, tmp_path)
    pasos.continuar(page)
    fila.get_by_role("link", name=re.compile("^1 con observación")).click()
    eliminar(page)
    pasos.cargar(page, formulario)
    page.get_by_role("link", name="Volver a los documentos").last.click()
    expect(fila).to_contain_text("Corregido: falta enviarlo.")
    reenviar(page, gestion)
    enviada = Gestion.de(persona, gestion.numero)
    assert enviada.formulario_vigente.n == 2
    assert ["Municipio de nacimiento", "Cantel"] in (
        enviada.formulario_vigente.contenido["pasos"]["beneficiario"]["legibles"]
    )


def test_sin_eliminar_se_pregunta_si_sustituye(page: Page, corregido: Path):
    """E6: the file goes in first; «Sí» hides the observed one and ONSEC keeps it."""
    persona = pasos.persona()
    gestion = escenas.observada(persona)
    pasos.entrar(page, persona)
    page.goto(pasos.ruta_archivos(gestion, 1))
    pasos.elegir(page, corregido)
    expect(pasos.titulo(page)).to_have_text("¿Sustituye al archivo observado?")
    pasos.boton(page, "Sí").click()
    expect(page.get_by_text("Se eliminó documento 1.pdf.")).to_be_visible()
    expect(page.get_by_role("link", name=corregido.name, exact=True)).to_be_visible()
    assert Documento.objects.filter(renglon=1, retirado_en=None).count() == 1
    assert Documento.objects.filter(renglon=1).count() == 2


# ── the desk ──────────────────────────────────────────────────────────────────


def observar(mesa: Page, gestion: Gestion) -> None:
    """Take it, judge the six documents, compose the manual's case and send it to previo."""
    pasos.entrar_a_la_mesa(mesa, pasos.analista())
    pasos.boton(mesa, "Tomar siguiente").click()
    expect(pasos.titulo(mesa)).to_contain_text(f"Gestión No. {gestion.numero}")
    lugar = abierto(mesa, 1)
    lugar.get_by_label("Con observación").check()
    for rotulo, valor in (
        ("Documento", "FORMULARIO"),
        ("Campo", "CAMPO DE FIRMA"),
        ("Defecto", "FALTA FIRMAR."),
    ):
        lugar.get_by_label(rotulo, exact=True).select_option(valor)
    pasos.boton(lugar, "Componer").click()
    expect(lugar.get_by_label("Caso de Previo")).to_have_value(escenas.FIRMA)
    guardar(lugar)
    expect(lugar.locator("summary")).to_contain_text("Con observación")
    for n in range(2, 7):
        verificar(mesa, n)
    mesa.get_by_label("Motivo de envío a PREVIO").fill(escenas.MOTIVO)
    pasos.boton(mesa, "Enviar a previo").click()
    expect(mesa.locator("main")).to_contain_text(escenas.FIRMA)
    pasos.boton(mesa, "Sí, enviar a previo").click()
    expect(mesa.get_by_text(f"La Gestión No. {gestion.numero} se envió a previo.")).to_be_visible()


def admitir(mesa: Page, gestion: Gestion) -> None:
    """It came back to the same analyst: what was verified still is, the new form is judged."""
    mesa.goto("/revision/?vista=mias")
    mesa.get_by_role("link", name=f"Abrir la Gestión No. {gestion.numero}").click()
    expect(mesa.locator("#lugar-2 summary")).to_contain_text("Verificado")
    verificar(mesa, 1)
    pasos.boton(mesa, "Admitir expediente").click()
    pasos.boton(mesa, "Sí, admitir expediente").click()
    expect(
        mesa.get_by_text(f"El expediente de la Gestión No. {gestion.numero} quedó admitido.")
    ).to_be_visible()


def abierto(mesa: Page, n: int) -> Locator:
    """The place of a renglón, unfolded."""
    lugar = mesa.locator(f"#lugar-{n}")
    if lugar.get_attribute("open") is None:
        lugar.locator("summary").first.click()
    return lugar


def verificar(mesa: Page, n: int) -> None:
    lugar = abierto(mesa, n)
    lugar.get_by_label("Verificado", exact=True).check()
    guardar(lugar)
    expect(lugar.locator("summary").first).to_contain_text("Verificado")


def guardar(lugar: Locator) -> None:
    lugar.get_by_role("button", name=re.compile("^Guardar Documento")).click()


# ── the citizen ───────────────────────────────────────────────────────────────


def leer_correo(page: Page, gestion: Gestion) -> None:
    """D1, field by field and in order, in both bodies; D3, nothing that tells of health or of the case."""
    mensaje = pasos.correo(page, f"Gestión No. {gestion.numero}: Solicitud con observaciones")
    esperado = ".*".join(CORREO).format(numero=gestion.numero)
    texto = " ".join(buzon.cuerpo(mensaje, "plain").split())
    html = " ".join(re.sub(r"<[^>]+>", " ", buzon.cuerpo(mensaje, "html")).split()).replace(" .", ".")
    for cuerpo in (texto, html):
        assert re.search(esperado, cuerpo), cuerpo
        for callado in (escenas.FIRMA, "Dictamen", "documento 1.pdf", "TZOC"):
            assert callado not in cuerpo


def leer_aviso(page: Page, gestion: Gestion) -> None:
    """D2: the same in Mis Notificaciones, with the detail; reading it starts the clock at the latest."""
    pasos.menu(page, re.compile("Mis Notificaciones")).click()
    page.get_by_role("link", name=f"Gestión No. {gestion.numero}: Solicitud con observaciones").click()
    expect(page.locator("main")).to_contain_text(escenas.FIRMA)
    assert Gestion.objects.get(pk=gestion.pk).notificada_en


def corregir(page: Page, gestion: Gestion, corregido: Path) -> None:
    """From the arrow of the table to the new file in renglón 1."""
    pasos.menu(page, "Previos").click()
    fila = page.get_by_role("row").filter(has_text=f"Gestión No. {gestion.numero}")
    expect(fila).to_contain_text("RECHAZADA")
    expect(fila).to_contain_text("Puede actuar hasta el")
    fila.get_by_role("link", name="Corregir").click()
    expect(page.get_by_text(f"Motivo de envío a PREVIO: {escenas.MOTIVO}")).to_be_visible()
    fila = renglon(page, 1)
    expect(fila.get_by_text(CASO)).to_be_visible()
    expect(fila).to_contain_text("Ver 1 cargado")
    expect(renglon(page, 2)).to_contain_text("Ya enviado. ONSEC no pidió cambiarlo")
    pasos.continuar(page)
    expect(pasos.resumen(page)).to_contain_text(f"Cargue un archivo nuevo en: 1. {FORMULARIO}.")
    fila.get_by_role("link", name=re.compile("^1 con observación")).click()
    expect(pasos.titulo(page)).to_have_text("Archivo solicitado")
    expect(page.get_by_text(gestion.codigo_solicitado)).to_be_visible()
    expect(page.get_by_text(CASO)).to_be_visible()
    expect(page.locator("[data-rotulo=Verificado]")).to_have_text("NO")
    eliminar(page)
    pasos.cargar(page, corregido)
    page.get_by_role("link", name="Volver a los documentos").last.click()


def eliminar(page: Page) -> None:
    page.get_by_role("link", name="Eliminar documento 1.pdf").click()
    expect(pasos.titulo(page)).to_have_text("¿Desea eliminar documento 1.pdf?")
    pasos.boton(page, "Sí, eliminar").click()
    expect(page.get_by_text("Se eliminó documento 1.pdf.")).to_be_visible()


def reenviar(page: Page, gestion: Gestion) -> None:
    """«Continuar» → window 1 «Sí» → window 2 «Aceptar» → «Mis Solicitudes»; the same number."""
    pasos.continuar(page)
    expect(page.get_by_text("CERTIFICACIÓN DE SOLVENCIA")).to_be_visible()
    pasos.boton(page, "Sí").click()
    expect(pasos.titulo(page)).to_have_text("¡INFORMACIÓN IMPORTANTE!")
    expect(page.locator("main")).to_contain_text(f"Su número de Gestión No. {gestion.numero}, ha sido")
    pasos.boton(page, "Aceptar").click()
    expect(fila_de(page, gestion)).to_contain_text("Solicitud Recibida")
    assert Gestion.objects.get(pk=gestion.pk).estado == Estado.RECIBIDA


def seguir(page: Page, gestion: Gestion) -> None:
    """What the person finds at the end, and its paper."""
    expect(fila_de(page, gestion)).to_contain_text("Expediente Admitido")
    fila_de(page, gestion).get_by_role("link", name="Ver detalle").click()
    expect(page.get_by_role("link", name="Constancia de admisión")).to_be_visible()
    expect(page.get_by_role("region", name="Quién ha visto mi expediente")).to_contain_text(
        "Analista de ONSEC"
    )
    historial = page.get_by_role("region", name="Historial").get_by_role("listitem")
    expect(historial.first).to_contain_text("ONSEC admitió el expediente")


def fila_de(page: Page, gestion: Gestion) -> Locator:
    """Its row in «Mis Solicitudes», reached by the menu."""
    if "/solicitudes/" not in page.url or page.url.endswith("previos/"):
        pasos.menu(page, "Pensiones").click()
    else:
        page.reload()
    return page.get_by_role("row").filter(has_text=f"Gestión No. {gestion.numero}")


def renglon(page: Page, n: int) -> Locator:
    """The row of a renglón in the table of step 6."""
    return page.locator("table.docs tbody").get_by_role("row").nth(n - 1)
