"""The child that judges an unknown PDF: a script, never imported; one JSON line is its answer.

`inspeccionar.py` starts it as `python -I -S -B juzgar.py '{limits}'` with the PDF as descriptor 0.
"""

import json
import os
import sys

if __name__ == "__main__":  # a script that belongs to a package, as PEP 366 says it
    sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    __package__ = "hijo"

from .encierro import encerrar, recibir

PEDIDO = encerrar()
DATOS = recibir()
# Two thirds of pypdf's start are libraries for images, fonts and ciphers, useless here.
_SOBRAN = ("PIL", "fontTools") if b"/Encrypt" in DATOS else ("PIL", "fontTools", "cryptography")
sys.modules.update(dict.fromkeys(_SOBRAN))  # type: ignore[arg-type]

from .veredicto import juzgar  # noqa: E402

print(json.dumps(juzgar(DATOS, PEDIDO)), flush=True)
os._exit(0)  # the verdict is out: do not spend time tidying up
