"""The dependencies come locked, by hash, and from wherever the machine gets its packages."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.arquitectura.codigo import RAIZ, rastreados

LISTAS = ("requirements.txt", "requirements-dev.txt", ".ci/uv.txt", "requirements-bench.txt")
# Names and endings apart, so that this file names none either.
ANFITRION = re.compile(
    r"\b(?:pypi|pythonhosted|testpypi|anaconda|conda|npmjs|yarnpkg|unpkg|jsdelivr|crates|rubygems"
    r"|debian|ubuntu|nodesource)\.(?:org|com|net|io|dev)\b"
)
OPCION = re.compile(r"--(?:extra-)?index-url|--(?:find-links|trusted-host)|\bregistry\s*=\s*\"http")


def entradas(lista: str) -> list[str]:
    """Each entry of a list, its hashes in the same line, comments aside."""
    lineas = (RAIZ / lista).read_text().replace("\\\n", " ").splitlines()
    return [linea for linea in lineas if linea.strip() and not linea.lstrip().startswith("#")]


def fijadas(*listas: str) -> dict[str, list[Requirement]]:
    """The exact requirements of those lists by the package's name."""
    paquetes: dict[str, list[Requirement]] = {}
    for lista in listas:
        for entrada in entradas(lista):
            fijada = Requirement(entrada.split(" --hash=")[0])
            paquetes.setdefault(fijada.name, []).append(fijada)
    return paquetes


def test_ningun_archivo_nombra_un_indice_de_paquetes():
    """What an office behind its own mirror installs from is its machine's business."""
    culpables = {}
    for ruta in rastreados():
        texto = (RAIZ / ruta).read_bytes().decode(errors="ignore")
        if hallados := ANFITRION.findall(texto) + OPCION.findall(texto):
            culpables[ruta] = hallados
    assert culpables == {}


@pytest.mark.parametrize("lista", LISTAS)
def test_cada_dependencia_tiene_version_exacta_y_resumen_y_ninguna_direccion(lista):
    """S50: what is installed is what was locked, byte for byte."""
    assert "://" not in (RAIZ / lista).read_text()
    for entrada in entradas(lista):
        assert re.match(r"[a-z0-9-]+==[0-9][^\s;]*( ; [^\\]+?)?( +--hash=sha256:[0-9a-f]{64})+\s*$", entrada)


def test_lo_fijado_cumple_lo_que_pyproject_pide():
    """Editing pyproject.toml without locking again (CONTRIBUTING, «Locking») is noticed here."""
    proyecto = tomllib.loads((RAIZ / "pyproject.toml").read_text())
    for pedidas, listas in (
        (proyecto["project"]["dependencies"], LISTAS[:1]),
        (proyecto["dependency-groups"]["dev"], LISTAS[:2]),
    ):
        paquetes = fijadas(*listas)
        for pedida in map(Requirement, pedidas):
            for fijada in paquetes[pedida.name]:
                version = str(next(iter(fijada.specifier)).version)
                assert pedida.specifier.contains(version), (str(pedida), version)


def test_las_dos_listas_no_se_contradicen():
    """Both are installed together: a package is in them at one version a marker."""
    for nombre, fijadas_ in fijadas(*LISTAS[:2]).items():
        if all(fijada.marker is None for fijada in fijadas_):
            assert len({str(fijada.specifier) for fijada in fijadas_}) == 1, nombre
