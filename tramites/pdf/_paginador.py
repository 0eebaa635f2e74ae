"""The child that draws one page of a PDF: a script, never imported; its answer is a JPEG.

`paginas.py` starts it as `python -I -S -B _paginador.py '{request}'` with the PDF as descriptor 0. It
limits itself before it looks at a single byte; whatever goes wrong, it says nothing and dies.
"""

import json
import mmap
import os
import resource
import sys

PEDIDO = json.loads(sys.argv[1])
for _recurso, _tope in (
    (resource.RLIMIT_CPU, PEDIDO["segundos_cpu"]),
    (resource.RLIMIT_AS, PEDIDO["memoria_mb"] << 20),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
):
    resource.setrlimit(_recurso, (_tope, _tope))
sys.path.append(PEDIDO["biblioteca"])

import pypdfium2  # noqa: E402

with mmap.mmap(0, 0, access=mmap.ACCESS_READ) as mapa:
    documento = pypdfium2.PdfDocument(mapa[:])
pagina = documento[PEDIDO["pagina"] - 1]
escala = PEDIDO["lado"] / max(pagina.get_size())
imagen = pagina.render(scale=escala, may_draw_forms=False).to_pil()
imagen.convert("RGB").save(sys.stdout.buffer, "JPEG", quality=PEDIDO["calidad"])
sys.stdout.flush()
os._exit(0)  # the page is out: do not spend time tidying up
