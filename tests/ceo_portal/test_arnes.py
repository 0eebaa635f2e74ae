"""The suite's own strictness: a skip is counted, and forbidden when everything is demanded."""

import os
import subprocess
import sys

import pytest

from tests.arquitectura.codigo import RAIZ

PRUEBA = "import pytest\n\ndef test_se_omite():\n    pytest.skip('falta algo')\n"
MODULO = "import pytest\n\npytest.importorskip('no_existe_este_modulo')\n"


@pytest.fixture
def correr(tmp_path):
    """Run pytest, with the project's conftest, over one file with that text."""

    def _correr(texto: str, exigir: str) -> subprocess.CompletedProcess[str]:
        archivo = tmp_path / "test_x.py"
        archivo.write_text(texto)
        opciones = ["-c", "pyproject.toml", "-p", "tests.conftest", "-p", "no:cacheprovider"]
        orden = [sys.executable, "-m", "pytest", *opciones, str(archivo)]
        entorno = os.environ | {"PORTAL_EXIGIR_TODO": exigir}
        return subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, text=True, check=False)

    return _correr


@pytest.mark.parametrize("texto", [PRUEBA, MODULO], ids=["prueba", "modulo"])
def test_lo_omitido_se_cuenta_con_su_razon_y_exigir_todo_lo_hace_fallar(correr, texto):
    tolerado, exigido = correr(texto, ""), correr(texto, "1")
    assert "1 skipped" in tolerado.stdout
    assert "SKIPPED" in tolerado.stdout
    assert exigido.returncode == (1 if texto == PRUEBA else 2)
    assert "skipped" not in exigido.stdout.splitlines()[-1]
