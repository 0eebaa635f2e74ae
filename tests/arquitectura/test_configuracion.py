"""Whatever the environment may say is written where whoever installs the portal looks."""

import re

import pytest

from tests.arquitectura.codigo import PAQUETES, RAIZ, rastreados

LECTURA = re.compile(
    r"""(?:\benv\.\w+|environ\.get)\(\s*["']([A-Z][A-Z0-9_]+)["']|\$\{([A-Z][A-Z0-9_]+):[?-]"""
)
# What the suite's own tools say to each other, not whoever installs the portal.
DE_LA_SUITE = {"PYTEST_XDIST_WORKER"}


def variables() -> set[str]:
    """The names that settings, web server and Compose read."""
    propios = [r for r in rastreados() if r.startswith("ceo_portal/") and r.endswith(".py")]
    textos = [(RAIZ / ruta).read_text() for ruta in (*propios, "docker-compose.yml")]
    return {a or b for texto in textos for a, b in LECTURA.findall(texto)} - DE_LA_SUITE


@pytest.mark.parametrize("archivo", ["README.md", ".env.example"])
def test_cada_variable_esta_escrita(archivo):
    """contrato.md, «Configuration»: README describes them all, and so does the file to be copied."""
    escritas = set(re.findall(r"[A-Z][A-Z0-9_]+", (RAIZ / archivo).read_text()))
    assert variables() - escritas == set()
    assert "HILOS" in variables()


def test_ningun_patron_repite_un_grupo_sin_volver_atras():
    """Debian 12 brings Python 3.11.2, which errs in `(…)*+` and `(…)++`; it reads `(?>(…)*)` well."""
    posesivo = re.compile(r"""\)[*+?]\+|\brb?["'][*+?]\+""")
    propios = [r for r in rastreados() if r.endswith(".py") and r.split("/")[0] in PAQUETES]
    assert [ruta for ruta in propios if posesivo.search((RAIZ / ruta).read_text())] == []
