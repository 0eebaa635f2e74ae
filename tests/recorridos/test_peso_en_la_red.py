"""What step 2 weighs on the wire, as Chromium counts it with its headers: cold and repeated."""

import pytest
from playwright.sync_api import Page, expect

from tests.tramites import escenas

from . import pasos

KB = 1024


@pytest.fixture
def paso_2(pagina: Page, servidor: str) -> Page:
    gestion = escenas.hasta_acta(pasos.persona())
    pasos.entrar(pagina, gestion.solicitante)
    pagina.goto(pasos.ruta_paso(gestion, "beneficiario"))
    return pagina


@pytest.fixture
def recibido(paso_2: Page) -> dict[str, float]:
    """Bytes of each answer since the last time it was cleared, by its address."""
    bytes_de: dict[str, float] = {}
    direccion = {}
    red = paso_2.context.new_cdp_session(paso_2)
    red.on("Network.responseReceived", lambda e: direccion.update({e["requestId"]: e["response"]["url"]}))
    red.on(
        "Network.loadingFinished",
        lambda e: bytes_de.update({direccion[e["requestId"]]: e["encodedDataLength"]}),
    )
    red.send("Network.enable")
    red.send("Network.clearBrowserCache")
    return bytes_de


def test_el_paso_2_cabe_en_45_kb_y_repetido_en_15(paso_2: Page, recibido):
    """experiencia.md «Low bandwidth»: HTML, style, scripts and pictures; HTML alone ≤ 14 KB."""
    for tope, menos in ((45, 4), (15, 1)):
        recibido.clear()
        paso_2.goto(paso_2.url, wait_until="networkidle")
        expect(paso_2.get_by_label("Número telefónico")).to_be_visible()
        assert len(recibido) >= menos, recibido
        assert sum(recibido.values()) <= tope * KB, recibido
        assert 0 < recibido[paso_2.url] <= 14 * KB
