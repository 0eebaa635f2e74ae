"""The contrast of the tokens, computed from the sheet itself in both schemes."""

import re

import pytest
from django.conf import settings

HOJA = settings.RAIZ / "static" / "css" / "ceo.css"
TEXTO = [
    ("texto", "hoja"), ("texto", "papel"), ("texto", "campo"), ("texto", "celeste"), ("texto", "grana-t"),
    ("texto", "jade-t"), ("texto", "maiz-t"),
    ("tenue", "papel"), ("tenue", "hoja"), ("tenue", "celeste"), ("tenue", "grana-t"), ("tenue", "maiz-t"),
    ("tinta", "hoja"), ("tinta", "papel"), ("tinta", "celeste"), ("tinta", "maiz-t"), ("tinta-osc", "hoja"),
    ("sobre", "tinta"), ("sobre", "tinta-osc"), ("sobre", "grana"), ("sobre", "jade"),
    ("sobre-anil", "anil"), ("sobre-anil", "anil-alto"), ("#ffffff", "activa"), ("#ffffff", "distintivo"),
    ("grana", "hoja"), ("grana", "papel"), ("grana", "grana-t"), ("jade", "hoja"), ("jade", "jade-t"),
    ("maiz-x", "maiz-t"), ("#141f47", "maiz"),
]  # fmt: skip
FORMA = [
    ("borde", "hoja"), ("borde", "papel"), ("borde", "campo"), ("celeste-linea", "hoja"),
    ("celeste-linea", "celeste"), ("maiz", "anil"), ("foco", "hoja"), ("foco", "papel"), ("maiz", "activa"),
]  # fmt: skip


def fichas() -> dict[str, dict[str, str]]:
    """Tokens of each scheme, as the sheet declares them; the dark one overrides the light one."""
    claro, oscuro = re.findall(r":root\s*\{(.*?)\}", HOJA.read_text(encoding="utf-8"), re.S)[:2]
    leer = lambda bloque: dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", bloque))  # noqa: E731
    return {"claro": leer(claro), "oscuro": leer(claro) | leer(oscuro)}


def luminancia(color: str) -> float:
    canales = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineales = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales]
    return sum(peso * c for peso, c in zip((0.2126, 0.7152, 0.0722), lineales, strict=True))


def contraste(uno: str, otro: str) -> float:
    """WCAG 2's ratio, from 1 to 21."""
    menor, mayor = sorted((luminancia(uno), luminancia(otro)))
    return (mayor + 0.05) / (menor + 0.05)


def color(esquema: str, nombre: str) -> str:
    return nombre if nombre.startswith("#") else fichas()[esquema][nombre]


def test_la_cuenta_es_la_de_wcag():
    assert contraste("#000000", "#ffffff") == pytest.approx(21)
    assert contraste("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("esquema", ["claro", "oscuro"])
@pytest.mark.parametrize(("tinta", "fondo"), TEXTO)
def test_todo_texto_pasa_de_siete_a_uno(esquema, tinta, fondo):
    """experiencia.md §2; WCAG 1.4.6."""
    assert contraste(color(esquema, tinta), color(esquema, fondo)) >= 7


@pytest.mark.parametrize("esquema", ["claro", "oscuro"])
@pytest.mark.parametrize(("forma", "fondo"), FORMA)
def test_toda_forma_que_dice_algo_pasa_de_tres_a_uno(esquema, forma, fondo):
    """WCAG 1.4.11."""
    assert contraste(color(esquema, forma), color(esquema, fondo)) >= 3
