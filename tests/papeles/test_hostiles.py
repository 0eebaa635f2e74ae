"""The child that judges: files made to exhaust it, its walls, and what its death means."""

import ast
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import time
import zlib
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from papeles import inspeccionar as modulo
from papeles.inspeccionar import PdfRechazado, inspeccionar

from . import muestras
from .conftest import LIMITES
from .muestras import con_accion, documento, escribir, flujo, paquete

DOS_GIGAS = 2048
BOMBA_DOBLE = muestras.bomba(DOS_GIGAS, 2)
ARBOL = {1: b"<</Type/Catalog/Pages 2 0 R>>"}


def arbol(nodos: dict[int, bytes]) -> bytes:
    return escribir(ARBOL | nodos)


def muchas(cantidad: int) -> bytes:
    hojas = dict.fromkeys(range(3, 3 + cantidad), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    hijos = b" ".join(b"%d 0 R" % n for n in hojas)
    return arbol({2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (cantidad, hijos)} | hojas)


def cadena(niveles: int) -> bytes:
    nodos = {n: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (n + 1) for n in range(2, 2 + niveles)}
    return arbol(nodos | {2 + niveles: b"<</Type/Page/MediaBox[0 0 9 9]>>"})


def abanico() -> bytes:
    """Each level names the next one twice: 2⁴⁰ paths to one page."""
    nodos = {n: b"<</Type/Pages/Kids[%d 0 R %d 0 R]>>" % (n + 1, n + 1) for n in range(2, 42)}
    return arbol(nodos | {42: b"<</Type/Page/MediaBox[0 0 9 9]>>"})


def con_prev(previo: int | None = None) -> bytes:
    datos = documento()
    inicio = int(datos.split(b"startxref\n")[1].split()[0])
    return datos.replace(b"/Size 4", b"/Size 4/Prev %d" % (inicio if previo is None else previo))


def contenido(datos: bytes, entradas: bytes) -> bytes:
    return documento(pagina=b"/Contents 4 0 R", otros={4: flujo(datos, entradas)})


HOSTILES = {
    "bomba_de_dos_capas": contenido(BOMBA_DOBLE, b"/Filter[/FlateDecode/FlateDecode]"),
    "bomba_de_una_capa": contenido(muestras.bomba(DOS_GIGAS, 1), b"/Filter/FlateDecode"),
    "bomba_de_tres_capas": contenido(zlib.compress(BOMBA_DOBLE, 9), b"/Filter[/Fl/Fl/Fl]"),
    "bomba_en_imagen": contenido(
        BOMBA_DOBLE, b"/Subtype/Image/Width 9/Height 9/Filter[/FlateDecode/FlateDecode]"
    ),
    "bomba_en_paquete": documento(
        otros={4: flujo(muestras.bomba(1024, 1), b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode")}
    ),
    "bomba_en_run_length": contenido(
        zlib.compress(b"\x81\0" * 4_000_000), b"/Filter[/FlateDecode/RunLengthDecode]"
    ),
    "muchas_bombas_pequenas": documento(
        otros={n: flujo(muestras.bomba(30, 1), b"/Filter/FlateDecode") for n in range(4, 12)}
    ),
    "mil_filtros": contenido(b"x", b"/Filter[" + b"/ASCIIHexDecode" * 1000 + b"]"),
    "imagen_descomunal": contenido(b"x", b"/Subtype/Image/Width 60000/Height 60000/Filter/FlateDecode"),
    "cien_mil_paginas": muchas(100_000),
    "dos_mil_paginas": muchas(2_000),
    "se_contiene_a_si_mismo": arbol({2: b"<</Type/Pages/Count 1/Kids[2 0 R]>>"}),
    "se_contiene_de_lejos": arbol({2: b"<</Type/Pages/Kids[3 0 R]>>", 3: b"<</Type/Pages/Kids[2 0 R]>>"}),
    "arbol_muy_hondo": cadena(5_000),
    "arbol_en_abanico": abanico(),
    "longitud_de_si_mismo": documento(otros={4: b"<</Length 4 0 R>>stream\nx\nendstream"}),
    "referencia_a_si_mismo": documento(b"/OpenAction 4 0 R/AcroForm 4 0 R", otros={4: b"4 0 R"}),
    "paquete_dentro_de_si": documento(otros={4: paquete({4: b"<</Type/ObjStm/AA 4 0 R>>"})}),
    "arreglos_anidados": documento(otros={4: b"<</AA " + b"[" * 100_000 + b"]" * 100_000 + b">>"}),
    "diccionarios_anidados": documento(otros={4: b"<</AA" * 50_000 + b"/x" + b">>" * 50_000}),
    "tabla_descomunal": documento().replace(b"xref\n0 4", b"xref\n0 999999999"),
    "nueve_megas_de_obj": documento(cola=b"1 0 obj " * 1_150_000),
    "nueve_megas_de_diccionarios": documento(cola=b"1 0 obj<</AA 2>>" * 580_000),
    "nueve_megas_de_digitos": documento(cola=b"1" * 9_000_000),
    "nueve_megas_de_espacios": documento(cola=b"1 " + b" " * 9_000_000 + b"obj"),
    "nueve_megas_de_nombres": documento(cola=b"/A#41" * 1_800_000),
    "numero_interminable": documento(otros={4: b"<</AA " + b"9" * 1_000_000 + b">>"}),
    "muchas_referencias_rotas": documento(
        pagina=b"/Annots[" + b"".join(b"<</AA %d 0 R>>" % n for n in range(900_000, 950_000)) + b"]"
    ),
}
INOFENSIVOS = {
    "xref_en_ciclo": con_prev(),
    "xref_previo_fuera": con_prev(10**9),
    "xref_negativo": con_prev(-5),
}


ESPERADO = {
    **dict.fromkeys([n for n in HOSTILES if "bomba" in n], "demasiado_complejo"),
    "mil_filtros": "demasiado_complejo",
    "imagen_descomunal": "demasiado_complejo",
    "dos_mil_paginas": "muchas_paginas",
    "se_contiene_a_si_mismo": "danado",
    "se_contiene_de_lejos": "danado",
    "arbol_muy_hondo": "demasiado_complejo",
    "arbol_en_abanico": "danado",
}
VEREDICTOS = {"aceptado", "danado", "demasiado_complejo", "muchas_paginas", "accion_externa"}


@pytest.mark.parametrize(("nombre", "datos"), (HOSTILES | INOFENSIVOS).items(), ids=HOSTILES | INOFENSIVOS)
def test_todo_lo_hostil_acaba_en_un_veredicto(veredicto, nombre, datos):
    """S7, S8, S9, P9: in a bounded child, in three idle seconds, and each abuse has its cause."""
    assert len(datos) <= 10 << 20
    antes = uso_propio()
    inicio = time.monotonic()
    assert veredicto(datos) in ({ESPERADO[nombre]} if nombre in ESPERADO else VEREDICTOS)
    assert time.monotonic() - inicio < LIMITES.segundos + 1
    assert uso_propio() - antes < 64 << 20


def uso_propio() -> int:
    """This process's resident memory, in bytes."""
    with open("/proc/self/statm") as estado:
        return int(estado.read().split()[1]) * resource.getpagesize()


@pytest.mark.parametrize("nombre", [n for n in HOSTILES if "bomba" in n])
def test_el_hijo_no_pasa_de_256_megas(nombre, tmp_path):
    """S7, P9: 2 GB inside a few KB cost the child less than 256 MB and two seconds of processor."""
    ruta = tmp_path / "bomba.pdf"
    ruta.write_bytes(HOSTILES[nombre])
    memoria, segundos = gasto(ruta)
    assert memoria < 256 * 1024
    assert segundos < LIMITES.segundos_cpu + 1


# A child's peak counts the memory of whoever starts it: here somebody small does.
MEDIR = """
import os, subprocess, sys
hijo = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
uso = os.wait4(hijo.pid, 0)[2]
print(uso.ru_maxrss, uso.ru_utime + uso.ru_stime)
"""


def gasto(ruta: Path) -> tuple[int, float]:
    """Peak of resident memory, in KB, and processor, in seconds, of the child with that file."""
    pedido = json.dumps(asdict(LIMITES) | {"biblioteca": modulo.BIBLIOTECA})
    orden = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        MEDIR,
        sys.executable,
        "-I",
        "-S",
        "-B",
        str(modulo.HIJO),
        pedido,
    ]
    with ruta.open("rb") as archivo:
        memoria, segundos = subprocess.check_output(orden, stdin=archivo).split()
    return int(memoria), float(segundos)


@pytest.mark.parametrize(
    "codigo",
    [
        "import os; os.kill(os.getpid(), 11)",
        "import os; os.kill(0, 9)",
        "import time; time.sleep(60)",
        "import os, time; os.fork() or time.sleep(60); time.sleep(60)",
        "while True: pass",
        "print('no es json')",
        "raise SystemExit(3)",
    ],
    ids=["segfault", "mata_a_su_grupo", "duerme", "se_bifurca", "no_acaba", "contesta_otra_cosa", "sale_mal"],
)
def test_la_muerte_del_hijo_es_un_veredicto(codigo, tmp_path, monkeypatch):
    """S7, S9: a fault of the parser, whatever it is, stays in its own session and is refused."""
    guion = tmp_path / "hijo.py"
    guion.write_text(codigo)
    monkeypatch.setattr(modulo, "HIJO", guion)
    inicio = time.monotonic()
    with pytest.raises(PdfRechazado) as rechazo:
        inspeccionar(io.BytesIO(documento()), limites=replace(LIMITES, segundos=1))
    assert rechazo.value.clave == "demasiado_complejo"
    assert time.monotonic() - inicio < 3


def test_la_bomba_es_de_verdad():
    """S7: what the tests call a bomb does unfold to what they say."""
    assert zlib.decompress(muestras.bomba(64, 1)) == bytes(64 << 20)
    assert zlib.decompress(zlib.decompress(muestras.bomba(64, 2))) == bytes(64 << 20)
    assert len(BOMBA_DOBLE) < 10 << 10


def test_el_hijo_no_conoce_al_portal():
    """S9: it starts fast and holds nothing worth stealing: its parsers and the standard library."""
    arboles = [ast.parse(archivo.read_text()) for archivo in modulo.HIJO.parent.glob("*.py")]
    importes = [nodo for arbol in arboles for nodo in ast.walk(arbol)]
    nombres = {a.name for nodo in importes if isinstance(nodo, ast.Import) for a in nodo.names}
    nombres |= {n.module for n in importes if isinstance(n, ast.ImportFrom) and not n.level}
    ajenos = {nombre.split(".")[0] for nombre in nombres} - sys.stdlib_module_names
    assert ajenos == {"pypdf", "pypdfium2"}


def test_el_hijo_no_hereda_secretos(tmp_path, monkeypatch):
    """S9: its environment is empty."""
    monkeypatch.setenv("SECRET_KEY", "no-salir")
    guion = tmp_path / "hijo.py"
    guion.write_text("import os, json; print(json.dumps({'paginas': len(os.environ), 'reparado': False}))")
    monkeypatch.setattr(modulo, "HIJO", guion)
    # Python itself sets LC_CTYPE when there is no locale.
    assert inspeccionar(io.BytesIO(documento()), limites=LIMITES).paginas <= 1


@pytest.mark.parametrize(
    ("intento", "fallo"),
    [
        ("os.write(os.open({ruta!r}, os.O_CREAT | os.O_WRONLY), b'x')", "OSError"),
        ("bytes(300 << 20)", "MemoryError"),
    ],
)
def test_el_hijo_se_encierra_antes_de_leer(intento, fallo, tmp_path, monkeypatch):
    """S7: not a byte to disk, not a byte over its memory."""
    lectura = "DATOS = recibir()\n"
    carpeta = tmp_path / "hijo"
    shutil.copytree(modulo.HIJO.parent, carpeta)
    guion = carpeta / modulo.HIJO.name
    codigo = guion.read_text()
    assert lectura in codigo
    intento = intento.format(ruta=str(tmp_path / "nuevo"))
    prueba = f"""try:
    {intento}
except {fallo}:
    print(json.dumps(dict(paginas=7, reparado=False)), flush=True)
os._exit(0)
"""
    guion.write_text(codigo.replace(lectura, prueba))
    monkeypatch.setattr(modulo, "HIJO", guion)
    assert inspeccionar(io.BytesIO(documento()), limites=LIMITES).paginas == 7


def test_no_quedan_hijos_ni_archivos_abiertos(veredicto):
    """S7: refused or accepted, nothing is left behind."""
    veredicto(documento())
    antes = len(os.listdir("/proc/self/fd"))
    for datos in (documento(), con_accion(b"/S/Launch/F(a.exe)"), b"%PDF-1.7"):
        veredicto(datos)
    assert len(os.listdir("/proc/self/fd")) == antes
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_falta_el_interprete_y_no_se_acepta(veredicto, monkeypatch):
    """S47: a child that cannot answer is a refusal, never a pass."""
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    assert veredicto(documento()) == "demasiado_complejo"
