"""The automatic floor of accessibility: axe-core on the page as it stands, CSP on."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
REGLAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CORRER = "reglas => axe.run(document, {runOnly: {type: 'tag', values: reglas}, resultTypes: ['violations']})"
# What is hidden for the eye, and what scrolls inside a focusable region, may be wider.
DESBORDAN = """
() => [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter((e) => !e.closest(".oculto, .corre, thead"))
    .map((e) => e.outerHTML.slice(0, 200))
"""


def revisar(page: Page) -> None:
    """Fail, with rule and element, on a violation (WCAG 2.0-2.2 A, AA, good practice) or sideways scroll."""
    page.evaluate(AXE)
    violaciones = page.evaluate(CORRER, REGLAS)["violations"]
    hallazgos = [f"{v['id']}: {nodo['html'][:200]}" for v in violaciones for nodo in v["nodes"]]
    assert not hallazgos, f"{page.url}\n" + "\n".join(hallazgos)
    desbordan = page.evaluate(DESBORDAN)
    assert not desbordan, f"{page.url} se desborda a lo ancho:\n" + "\n".join(desbordan)
