"""`./portal` on a machine just installed: what it lacks is said with the package that brings it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.arquitectura.codigo import RAIZ

PROGRAMAS = {
    # Debian's python3 as it comes: no pip, no ensurepip.
    "python3": '#!/bin/sh\ncase "$2" in pip|venv) exit 1;; esac\nexec /usr/bin/python3 "$@"\n',
    "dpkg-query": "#!/bin/sh\nexit 1\n",
    "id": "#!/bin/sh\necho 1000\n",
    "sudo": "#!/bin/sh\nexit 1\n",
}


@pytest.fixture
def maquina_nueva(tmp_path: Path) -> Path:
    """A copy of what installs, beside programs that answer as those of a bare machine."""
    programas = tmp_path / "bin"
    programas.mkdir()
    for nombre, texto in PROGRAMAS.items():
        (programas / nombre).write_text(texto)
        (programas / nombre).chmod(0o755)
    (tmp_path / ".ci").mkdir()
    for archivo in ("portal", ".ci/uv.txt", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(RAIZ / archivo, tmp_path / archivo)
    return tmp_path


def test_sin_pip_ni_ensurepip_dice_que_paquete_lo_trae(maquina_nueva):
    entorno = os.environ | {"PATH": f"{maquina_nueva / 'bin'}:/usr/bin:/bin"}
    orden = [maquina_nueva / "portal", "manage", "check"]
    salida = subprocess.run(orden, env=entorno, capture_output=True, text=True, check=False, timeout=60)
    assert salida.returncode == 1
    assert "sudo apt-get install -y python3-venv" in salida.stderr
    assert not (maquina_nueva / ".venv").exists()
