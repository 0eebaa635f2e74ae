"""The suite's own promises: a skip is counted or forbidden, the order is drawn, nothing is left running."""

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests import servicios
from tests.arquitectura.codigo import RAIZ

PRUEBA = "import pytest\n\ndef test_se_omite():\n    pytest.skip('falta algo')\n"
MODULO = "import pytest\n\npytest.importorskip('no_existe_este_modulo')\n"
BARAJA = """
import pytest

@pytest.mark.parametrize('n', range(9))
def test_carta(n):
    print('carta', n)
"""
COLGADA = """
import os, subprocess, time
from pathlib import Path

def test_se_cuelga():
    hija = subprocess.Popen(["sleep", "60"], start_new_session=True)
    Path(os.environ["AVISO"]).write_text(f"{os.getpid()} {hija.pid}")
    time.sleep(60)
"""
OPCIONES = ("-c", "pyproject.toml", "-p", "tests.conftest", "-p", "no:cacheprovider")


@pytest.fixture
def correr(tmp_path):
    """Run pytest, with the project's conftest, over files with those texts."""

    def _correr(*textos: str, opciones: tuple[str, ...] = (), exigir: str = ""):
        archivos = [tmp_path / f"test_{n}.py" for n, _ in enumerate(textos)]
        for archivo, texto in zip(archivos, textos, strict=True):
            archivo.write_text(texto)
        orden = [sys.executable, "-m", "pytest", *OPCIONES, *opciones, *map(str, archivos)]
        entorno = os.environ | {"PORTAL_EXIGIR_TODO": exigir}
        return subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, text=True, check=False)

    return _correr


def test_lo_omitido_se_cuenta_con_su_razon(correr):
    tolerado = correr(PRUEBA, MODULO)
    assert tolerado.returncode == 0
    assert "2 skipped" in tolerado.stdout
    assert "falta algo" in tolerado.stdout


@pytest.mark.parametrize(("texto", "codigo"), [(PRUEBA, 1), (MODULO, 2)], ids=["prueba", "modulo"])
def test_exigir_todo_hace_fallar_lo_omitido(correr, texto, codigo):
    exigido = correr(texto, exigir="1")
    assert exigido.returncode == codigo
    assert "skipped" not in exigido.stdout.splitlines()[-1]


def test_exigir_todo_tambien_lo_hace_fallar_con_obreros(correr):
    """The reports come from them."""
    exigido = correr(PRUEBA, MODULO, opciones=("-n1",), exigir="1")
    assert exigido.returncode != 0
    assert "1 failed, 1 error" in exigido.stdout.splitlines()[-1]


def test_la_semilla_baraja_y_repite_el_orden(correr):
    salidas = [correr(BARAJA, opciones=("-s", "--semilla", "7")).stdout for _ in "ab"]
    ordenes = [re.findall(r"carta (\d)", salida) for salida in salidas]
    assert ordenes[0] == ordenes[1] != sorted(ordenes[0])
    assert len(ordenes[0]) == 9
    assert "orden: --semilla 7" in salidas[0]


def test_lo_que_una_pasada_deja_corriendo_termina_con_ella(tmp_path):
    suya, ajena = (
        subprocess.Popen(["sleep", "60"], env={"TMPDIR": str(carpeta)}, start_new_session=True)
        for carpeta in (tmp_path, tmp_path / "otra")
    )
    try:
        servicios.terminar_lo_de(str(tmp_path))
        assert suya.wait(timeout=10) == -signal.SIGKILL
        assert ajena.poll() is None
    finally:
        ajena.kill()
        ajena.wait()


def test_terminada_desde_afuera_la_pasada_no_deja_procesos(tmp_path):
    """CI's limit comes as SIGTERM to the run, wherever its tests and their children are."""
    aviso, prueba = tmp_path / "aviso", tmp_path / "test_x.py"
    prueba.write_text(COLGADA)
    programa = (
        "import signal, sys; from tests import servicios\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
        f"servicios.correr_pytest({{}}, 'x', *{OPCIONES!r}, {str(prueba)!r})"
    )
    corrida = subprocess.Popen(
        [sys.executable, "-c", programa],
        cwd=RAIZ,
        env=os.environ | {"AVISO": str(aviso)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        servicios.esperar(lambda: aviso.exists() and aviso.read_text() != "")
        corrida.terminate()
        assert corrida.wait(timeout=servicios.GRACIA_S + 20) == 143
        assert not _viven(*aviso.read_text().split())
    finally:
        with suppress(ProcessLookupError):
            corrida.kill()


def _viven(*procesos: str) -> list[str]:
    """Those that still run; one that nobody has waited for yet has no command line."""
    ordenes = [Path(f"/proc/{proceso}/cmdline") for proceso in procesos]
    return [orden.read_text() for orden in ordenes if orden.exists() and orden.read_text()]
