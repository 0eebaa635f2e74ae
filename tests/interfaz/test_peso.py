"""What a page weighs and what it may not carry (experiencia.md §1 «Low bandwidth»)."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

ESTATICOS = settings.RAIZ / "static"
PLANTILLAS = [p for p in (settings.RAIZ / "templates").rglob("*.html") if "correo" not in p.parts]
EN_LINEA = re.compile(
    r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\ssrc=)""", re.I
)


def comprimido(*archivos: Path) -> int:
    """Bytes of those files with gzip -9, each on its own, as they travel."""
    return sum(len(gzip.compress(a.read_bytes(), 9)) for a in archivos)


def test_la_hoja_de_estilo_cabe_en_12_kb():
    assert comprimido(ESTATICOS / "css" / "ceo.css") <= 12 * 1024


def test_las_hojas_del_personal_caben_en_5_kb_mas():
    """The desk's and the admin's own sheets travel only to their pages."""
    assert {p.name for p in (ESTATICOS / "css").glob("*.css")} == {
        "ceo.css",
        "mesa.css",
        "administracion.css",
    }
    assert comprimido(ESTATICOS / "css" / "mesa.css", ESTATICOS / "css" / "administracion.css") <= 5 * 1024


def test_los_guiones_caben_en_10_kb():
    assert comprimido(*(ESTATICOS / "js").glob("*.js")) <= 10 * 1024


@pytest.mark.parametrize("hoja", ["ceo.css", "mesa.css", "administracion.css"])
def test_una_hoja_no_cuenta_celdas_ni_se_impone(hoja):
    """A cell has its place by what it is, not by its number: a column more moves none of the others.

    `!important` is for what is hidden and for paper.
    """
    texto = (ESTATICOS / "css" / hoja).read_text(encoding="utf-8")
    assert not re.search(r":nth-(?:last-)?(?:child|of-type)", texto)
    assert texto.count("!important") <= (5 if hoja == "ceo.css" else 0)


def test_nada_se_pide_a_terceros():
    """S: CSP 'self'; no web fonts."""
    for archivo in [*ESTATICOS.rglob("*.css"), *ESTATICOS.rglob("*.js")]:
        texto = archivo.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|@font-face", texto), archivo.name


@pytest.mark.parametrize(
    "plantilla", PLANTILLAS, ids=lambda p: str(p.relative_to(settings.RAIZ / "templates"))
)
def test_ninguna_plantilla_lleva_estilo_ni_guion_en_linea(plantilla):
    """CSP: script-src 'self'; style-src 'self'."""
    assert not EN_LINEA.search(plantilla.read_text(encoding="utf-8"))


@pytest.mark.parametrize("malo", ['<p style="x">', "<style>", '<a onclick="x()">', "<script>x</script>"])
def test_el_detector_de_lo_que_va_en_linea_ve(malo):
    assert EN_LINEA.search(malo)


def test_la_portada_pesa_menos_de_45_kb_y_cabe_en_seis_peticiones(client):
    """experiencia.md: HTML ≤ 14 KB, total ≤ 45 KB, ≤ 6 requests."""
    html = client.get("/").content
    propios = re.findall(rb'(?:src|href)="/static/([^"]+)"', html)
    peso = len(gzip.compress(html, 9))
    assert peso <= 14 * 1024
    assert peso + comprimido(*(ESTATICOS / p.decode() for p in propios)) <= 45 * 1024
    assert 1 + len(propios) <= 6
