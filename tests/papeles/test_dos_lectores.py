"""What any reader reaches is not accepted, however the file is written to be read in two ways (S3, S4, S5).

Each case hides a link's action from a judge that reads as only one of them does. Those that no reader reaches
may be accepted or not: what is shown is that none that one reaches is.
"""

import random
import struct
import zlib
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import clave_de
from .lectores import LECTORES, quienes_llegan
from .muestras import PAGINA, PAGINAS, documento, flujo

pytestmark = pytest.mark.usefixtures("sin_hijo")

MALO = b"<</S/Launch/F(calc.exe)>>"
ENLACE = b"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A 20 0 R>>"
BASE = {
    1: b"<</Type/Catalog/Pages 2 0 R>>",
    2: PAGINAS,
    3: PAGINA % b"/Annots[4 0 R]",
    4: ENLACE,
}
XREF = 30


def archivo(
    objetos: Mapping[int, bytes],
    *,
    en_paquete: Mapping[int, tuple[int, int]] | None = None,
    apuntados: Mapping[int, bytes] | None = None,
    cabeceras: Mapping[int, bytes] | None = None,
) -> bytes:
    """A page with a link to object 20, and an xref stream.

    `en_paquete` says in which object stream, and which in it, some are; `apuntados` after which bytes of the
    file others stand; `cabeceras` how some are announced.
    """
    salida, lugares = b"%PDF-1.7\n", {}
    for numero, cuerpo in (BASE | dict(objetos)).items():
        lugares[numero] = len(salida)
        salida += (cabeceras or {}).get(numero, b"%d 0 obj" % numero) + b"\n" + cuerpo + b"\nendobj\n"
    lugares |= {numero: salida.index(marca) for numero, marca in (apuntados or {}).items()}
    lugares[XREF] = len(salida)
    filas = b""
    for numero in range(XREF + 1):
        if numero in (en_paquete or {}):
            filas += struct.pack(">BIH", 2, *en_paquete[numero])
        else:
            filas += struct.pack(">BIH", *((1, lugares[numero], 0) if numero in lugares else (0, 0, 65535)))
    tabla = flujo(zlib.compress(filas), b"/Type/XRef/Size 31/W[1 4 2]/Root 1 0 R/Filter/FlateDecode")
    return salida + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (XREF, tabla, lugares[XREF])


def paquete(cabeza: bytes, cuerpo: bytes, n: bytes = b"2", primero: bytes | None = None) -> bytes:
    """An object stream with that header, right or wrong."""
    primero = b"%d" % len(cabeza) if primero is None else primero
    return flujo(
        zlib.compress(cabeza + cuerpo), b"/Type/ObjStm/N %s/First %s/Filter/FlateDecode" % (n, primero)
    )


def con_paquete(cuerpo: bytes, otros: Mapping[int, bytes] | None = None) -> bytes:
    return archivo({10: cuerpo} | dict(otros or {}), en_paquete={19: (10, 0), 20: (10, 1)})


# ── the header of an object stream ─────────────────────────────────────────────────────────────

GRAFIAS = [
    b"+%d", b"-%d", b"--%d", b"+-%d", b"0%d", b"%d.", b"%d.0", b"%d.9", b"%de0", b"0x%d", b"%d_",
    b"%d+", b"%d-1", b"%d\0", b"\x0b%d", b"%d\x0c", b"%d\x80", b"%d\xff", b"%d%%c\n", b"(%d)",
    b"<%d>", b"/%d", b"[%d]", b"{%d}", b"#%d", b"%d R", b"%d 0 R", b"%d 0", b"true %d", b"null %d",
    b"00000000000%d", b"4294967296%d",
]  # fmt: skip
# What swallows the second object when its place is not understood.
TRAGOS = [b"( %s )", b"<</X( %s )>>", b"%%%s\n", b"<</Y %s>>", b"null %s"]


def cabezas(trago: bytes) -> Iterator[bytes]:
    cuerpo = trago % MALO
    lugar = cuerpo.index(MALO)
    for posicion in range(4):
        for grafia in GRAFIAS:
            cifras = [b"19", b"0", b"20", b"%d" % lugar]
            cifras[posicion] = grafia % int(cifras[posicion])
            yield con_paquete(paquete(b" ".join(cifras) + b" ", cuerpo))
    pares = (19, 0, 20, lugar), (20, lugar, 19, 0), (20, lugar), (20, 0, 20, lugar), (20, lugar, 20, 0)
    for orden in (*pares, (19, lugar, 20, lugar), (20, lugar, 21, 999), (19, 0, 20, lugar, 20, 0)):
        cabeza = b" ".join(b"%d" % cifra for cifra in orden) + b" "
        for n in (b"0", b"1", b"2", b"3", b"9", b"-2", b"+2", b"2.0", b"2.9", b"(2)", b"21 0 R"):
            yield con_paquete(paquete(cabeza, cuerpo, n), {21: b"2"})
        for corrido in range(-6, 7):
            yield con_paquete(paquete(cabeza, cuerpo, primero=b"%d" % (len(cabeza) + corrido)))
        for grafia in GRAFIAS:
            yield con_paquete(paquete(cabeza, cuerpo, primero=grafia % len(cabeza)))


# ── its dictionary, its filters and its length ─────────────────────────────────────────────────

CABEZA = b"20 0 "
APRETADO = zlib.compress(CABEZA + MALO)
ENTRE_ENTRADAS = [
    b"", b"/Type/XObject", b"/Filter/ASCIIHexDecode", b"/F/FlateDecode", b"/F(otro)",
    b"/DP<</Predictor 12>>", b"/DecodeParms 21 0 R", b"/DecodeParms<</Predictor 2>>",
    b"/Extends 29 0 R", b"/X(obj)", b"/X(5 0 obj)", b"%obj\n", b"%(\n", b"%)\n", b"/A @@@",
    b"/A<zz>", b"/A(\\)", b"/A((((((x))))))", b"5", b"null", b"/N 9", b"/First 0",
    b"/Subtype/Image/Width 1/Height 1", b"\0", b"\x80", b"/Length 3",
]  # fmt: skip
FILTROS = [
    b"/Fl", b"[/Fl]", b"[/FlateDecode]", b"21 0 R", b"[21 0 R]", b"[[/FlateDecode]]",
    b"[null/FlateDecode]", b"[/Crypt/FlateDecode]", b"/Flate#44ecode", b"/FlateDecode\0",
    b"/FlateDecode\x80", b"(FlateDecode)", b"null",
]  # fmt: skip
LARGOS = [
    b"0", b"5", b"%d", b"99999", b"-1", b"+%d", b"%d.0", b"%d.7", b"21 0 R", b"22 0 R", b"(x)",
    b"null", b"%d/Length 3", b"3/Length %d",
]  # fmt: skip
PALABRAS = [
    b"stream\r\n", b"stream\r", b"stream \n", b"stream", b"stream\t\n", b"%c\nstream\n",
    b"stream%c\n", b"\0stream\n", b"stream\0\n", b"\x80stream\n",
]  # fmt: skip
FINES = [b"endstream", b"", b"\nendstrea", b"\nendstream 5", b"\nendstream%", b"\nendobj"]
DATOS = [
    APRETADO, APRETADO[:-4], APRETADO[:-4] + b"abcd", APRETADO + b"zz", b"\n" + APRETADO,
    APRETADO[2:-4], zlib.compress(CABEZA + MALO, wbits=31),
    APRETADO[:-9] + b"\xff\xff" + APRETADO[-7:], CABEZA + MALO,
]  # fmt: skip


def diccionarios() -> Iterator[bytes]:
    piezas: dict[str, list[bytes]] = {
        "tipo": [
            b"/Type/ObjStm",
            b"",
            b"/Type 21 0 R",
            b"/T#79pe/Obj#53tm",
            b"/Type/Obj#L3tm",
            b"/Type/ObjStm#00",
        ],
        "antes": ENTRE_ENTRADAS,
        "filtro": [b"/Filter/FlateDecode", *(b"/Filter" + f for f in FILTROS), b""],
        "largo": [b"%d", *LARGOS],
        "palabra": [b"stream\n", *PALABRAS],
        "datos": DATOS,
        "fin": [b"\nendstream", *FINES],
    }
    comunes = {clave: valores[0] for clave, valores in piezas.items()}
    for clave, valores in piezas.items():
        for valor in valores:
            yield escrito(**(comunes | {clave: valor}))


def escrito(
    *, tipo: bytes, antes: bytes, filtro: bytes, largo: bytes, palabra: bytes, datos: bytes, fin: bytes
) -> bytes:
    largo = largo.replace(b"%d", b"%d" % len(datos))
    entradas = b"<<" + antes + tipo + b"/N 1/First 5" + filtro + b"/Length " + largo + b">>\n"
    otros = {10: entradas + palabra + datos + fin, 21: b"/FlateDecode", 22: b"3"}
    return archivo(otros, en_paquete={20: (10, 0)})


def tras_un_final_falso() -> Iterator[bytes]:
    """The data say `endstream` in the middle, and the length agrees with one end or with the other."""
    for medio in (b"", b"5 0 obj"):
        cuerpo = (b"(hola\nendstream\nendobj\n" + medio).ljust(58) + b") "
        sin_comprimir = zlib.compress(b"19 0 20 60 " + cuerpo + MALO, 0)
        corte = sin_comprimir.index(b"\nendstream")
        for largo in (len(sin_comprimir), corte, 20):
            entradas = b"<</Type/ObjStm/N 2/First 11/Filter/FlateDecode/Length %d>>stream\n" % largo
            yield con_paquete(entradas + sin_comprimir + b"\nendstream")
            yield con_paquete(
                entradas.replace(b"%d>>" % largo, b"21 0 R>>") + sin_comprimir + b"\nendstream",
                {21: b"%d" % largo},
            )


# ── an object where none should be ─────────────────────────────────────────────────────────────

ANUNCIOS = [
    b"20 0 obj", b"20 0obj", b"020 00000 obj", b"+20 0 obj", b"20. 0 obj", b"20 0. obj",
    b"20 +0 obj", b"20 -0 obj", b"20 0e0 obj", b"2_0 0_0 obj", b"20\x000\0obj", b"20\x0c0\x0cobj",
    b"20\x0b0\x0bobj", b"20\x800\x80obj", b"20\xff0\xffobj", b"20 0\xa0obj", b"20 %x\n0 obj",
    b"20 0 %x\nobj", b"20%x\r0%y\robj", b"20 0 obj%z\n", b"20 0 obj\x80", b"20 0 objx",
    b"20 0 obj1", b"20 0 xyz", b"20 00 abc", b"%x\n20 0 obj", b" 20 0 obj", b"20 65535 obj",
    b"20 0 OBJ",
]  # fmt: skip
ENVOLTURAS = {
    "flujo": lambda p: flujo(b"xxxx " + p + b" yyyy"),
    "imagen": lambda p: flujo(b"xxxx " + p + b" yyyy", b"/Subtype/Image/Width 9/Height 9/Filter/DCTDecode"),
    "cadena": lambda p: b"<</Title(xx " + p + b" yy)>>",
    "hexadecimal": lambda p: b"<</Title<41 " + p + b">>>",
    "comentario": lambda p: b"<</A 1 %xx " + p.replace(b"\n", b" ").replace(b"\r", b" ") + b"\n>>",
    "flujo_que_dice_menos": lambda p: b"<</Length 5>>stream\nxxxxx " + p + b" yyyy\nendstream",
    "tras_el_flujo": lambda p: b"<</Length 5>>stream\nxxxxx\nendstream\n" + p,
    "flujo_que_dice_mas": lambda p: (
        b"<</Length %d>>stream\nq\nendstream\nendobj\n%s\nendstream" % (19 + len(p), p)
    ),
}
DENTRO = flujo(APRETADO, b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode")


def escondidos() -> Iterator[bytes]:
    for envolver in ENVOLTURAS.values():
        for anuncio in ANUNCIOS:
            dentro = envolver(anuncio + MALO + b" endobj ")
            marca = next(
                m for m in (anuncio, anuncio.replace(b"\n", b" ").replace(b"\r", b" ")) if m in dentro
            )
            datos = archivo({5: dentro}, apuntados={20: marca})
            yield datos
            yield datos.replace(b"startxref\n", b"startxref\n9")
        dentro = envolver(b"10 0 obj\n" + DENTRO + b"\nendobj\n")
        yield archivo({5: dentro}, apuntados={10: b"10 0 obj"}, en_paquete={20: (10, 0)})
    for anuncio in ANUNCIOS:
        yield archivo({20: MALO}, cabeceras={20: anuncio})
        como_diez = anuncio.replace(b"20", b"10")
        yield archivo({10: DENTRO}, cabeceras={10: como_diez}, en_paquete={20: (10, 0)})


# ── names ──────────────────────────────────────────────────────────────────────────────────────

NOMBRES = [
    b"/Launch", b"/L#61unch", b"/#4caunch", b"/#4Caunch", b"/L#G1unch", b"/L#61#75nch",
    b"/L##61unch", b"/Launch#", b"/Launch#00", b"/Launch#20", b"/Launch#0b", b"/Launch#80",
    b"/Launch\0", b"/Launch\x0b", b"/Launch\x80", b"/Launch\xa0", b"/Launch\xff", b"/L\0aunch",
    b"/Launch%c\n", b"/Launch" + b"x" * 300,
]  # fmt: skip
LLAVES = [b"/S", b"/#53", b"/#L3", b"/S\0", b"/S\x0b", b"/S\x80", b"/S#00", b"/S%\n", b"/\x80S"]


def nombres() -> Iterator[bytes]:
    for llave in LLAVES:
        for nombre in NOMBRES:
            accion = b"<<" + llave + nombre + b"/F(calc.exe)>>"
            yield archivo({20: accion})
            yield archivo({10: paquete(CABEZA, accion, n=b"1")}, en_paquete={20: (10, 0)})


# ── two versions of one object ─────────────────────────────────────────────────────────────────


def revisado(base: bytes, objetos: Mapping[int, bytes]) -> bytes:
    """The file with an incremental update."""
    previo, salida, tabla = int(base.rsplit(b"startxref\n", 1)[1].split()[0]), base, b"xref\n"
    for numero, cuerpo in objetos.items():
        tabla += b"%d 1\n%010d 00000 n \n" % (numero, len(salida))
        salida += b"%d 0 obj\n%s\nendobj\n" % (numero, cuerpo)
    cola = b"trailer\n<</Size 40/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (previo, len(salida))
    return salida + tabla + cola


ADJUNTO = {
    4: b"<</Type/Filespec/F(a.txt)/EF 9 0 R>>",
    5: flujo(b"hola", b"/Type/EmbeddedFile"),
    8: b"<</Names[(a)4 0 R]>>",
    9: b"<</F 5 0 R>>",
}


def versiones() -> Iterator[bytes]:
    arbol = b"/Names<</EmbeddedFiles 8 0 R>>"
    xfa = documento(b"/AcroForm<</Fields[]/XFA 9 0 R>>", otros={9: flujo(b"<xdp/>")})
    adjunto = documento(arbol, otros=ADJUNTO)
    for nueva in (b"null", b"<<>>", b"[]", b"<</X 1>>", b"<</F 5 0 R>>"):
        vacio = documento(arbol, otros=ADJUNTO | {9: nueva})
        pares = [revisado(adjunto, {9: nueva}), revisado(vacio, {9: ADJUNTO[9]}), revisado(xfa, {9: nueva})]
        for datos in pares:
            yield datos
            yield datos.replace(b"startxref\n", b"startxref\n9")
    yield xfa.replace(b"%010d 00000 n" % xfa.index(b"9 0 obj"), b"0000000000 65535 f")


FAMILIAS = {
    **{f"cabeza_{n}": (lambda trago=trago: cabezas(trago)) for n, trago in enumerate(TRAGOS)},
    "diccionarios": diccionarios,
    "finales_falsos": tras_un_final_falso,
    "escondidos": escondidos,
    "nombres": nombres,
    "versiones": versiones,
}


@pytest.mark.parametrize("familia", FAMILIAS.values(), ids=FAMILIAS)
def test_lo_que_un_lector_alcanza_no_se_acepta(veredicto, familia):
    """S3, S4, S5: whatever one of them makes of the file."""
    abiertas = [datos for datos in familia() if veredicto(datos) == "aceptado" and quienes_llegan(datos)]
    assert not abiertas, abiertas[0]


@pytest.mark.parametrize("familia", FAMILIAS.values(), ids=FAMILIAS)
def test_los_lectores_si_llegan(familia):
    """So that the test above shows something: each family has cases that some reader opens."""
    casos = list(familia())
    muestra = random.Random(1).sample(casos, min(len(casos), 40))
    assert any(quienes_llegan(datos) for datos in muestra)


def test_cada_lector_llega_a_lo_que_no_se_esconde():
    """The three of them tell what is active from what is not."""
    assert quienes_llegan(archivo({20: MALO})) == list(LECTORES)
    assert quienes_llegan(archivo({20: b"<</S/URI/URI(https://onsec.gob.gt)>>"})) == []


# ── chance ─────────────────────────────────────────────────────────────────────────────────────

SEMILLAS = [
    b"<</T( <</S/Launch/F 5 0 R>> )/U(x)>>",
    b"<</T( /S/Launch/F 5 0 R )/U 5>>",
    b"<</S/URI/URI(http://a)/X<</Launch 5 0 R>>>>",
    b"<</S/GoTo/D[/Launch 3 0 R]/F(a)>>",
    b"<</S/GoTo/D(/Launch)/T2/Launch/F 5 0 R>>",
]
TROZOS = [
    b"(", b")", b"\\", b"<", b">", b"[", b"]", b"/", b"%", b"#", b"\0", b"\x80", b"\xa0", b"\xff",
    b"\x0b", b"\x0c", b"\n", b"\r", b" ", b"null ", b"5 ", b" R ", b"true ", b"<<", b">>", b"\\(",
    b"\\)", b" obj ", b"endobj ", b" stream\n", b" endstream ", b"#00", b"1 0 R", b"/S", b"/Launch",
    b"{", b"}", b"%\n", b"\\\n", b"<3e>", b"/#", b"trailer", b"",
]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    semilla=st.sampled_from(SEMILLAS),
    cambios=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 3), st.sampled_from(TROZOS)), min_size=1, max_size=6
    ),
    apretado=st.booleans(),
)
def test_ningun_cambio_en_un_objeto_inofensivo_engana_a_la_puerta(semilla, cambios, apretado):
    """S3, S4: bits of syntax put in and taken out, to make of it what only another reader sees."""
    texto = bytearray(semilla)
    for donde, cuantos, trozo in cambios:
        lugar = int(donde * len(texto))
        texto[lugar : lugar + cuantos] = trozo
    if apretado:
        cuerpo = paquete(b"20 0 21 %d " % (len(texto) + 1), bytes(texto) + b" null ")
        datos = archivo({10: cuerpo, 5: b"(calc.exe)"}, en_paquete={20: (10, 0), 21: (10, 1)})
    else:
        datos = archivo({20: bytes(texto), 5: b"(calc.exe)"})
    assert clave_de(datos) != "aceptado" or not quienes_llegan(datos)
