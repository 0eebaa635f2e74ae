"""The journeys' own ground: the real server answers a real browser, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("pagina", [True, False], indirect=True, ids=["con JavaScript", "sin JavaScript"])
def test_la_portada_abre_con_su_hoja_de_estilo_construida(pagina: Page):
    """S33: built static files, served by their hashed names, under the strict CSP."""
    hojas: list[str] = []
    pagina.on("response", lambda r: hojas.append(r.url) if r.url.endswith(".css") and r.ok else None)
    pagina.goto("/")
    expect(pagina.get_by_role("link", name="Ingresar").first).to_be_visible()
    assert hojas
    assert all(len(url.rsplit(".", 2)[1]) == 12 for url in hojas)
