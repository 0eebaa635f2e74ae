"""PDFs written by hand, honest and hostile, for the tests of the intake."""

import base64
import io
import zlib
from collections.abc import Mapping

import img2pdf
import pikepdf
from PIL import Image

PAGINA = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]%s>>"
PAGINAS = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def escribir(objetos: Mapping[int, bytes], *, cola: bytes = b"", raiz: bytes = b"/Root 1 0 R") -> bytes:
    """A file with those objects, a classic xref table and a trailer; `cola` goes before the table."""
    salida, lugares = io.BytesIO(), {}
    salida.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    for numero, cuerpo in objetos.items():
        lugares[numero] = salida.tell()
        salida.write(b"%d 0 obj\n%s\nendobj\n" % (numero, cuerpo))
    salida.write(cola)
    inicio, cantidad = salida.tell(), max(objetos) + 1
    salida.write(b"xref\n0 %d\n0000000000 65535 f \n" % cantidad)
    for numero in range(1, cantidad):
        salida.write(b"%010d 00000 n \n" % lugares[numero] if numero in lugares else b"0000000000 00000 f \n")
    salida.write(b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (cantidad, raiz, inicio))
    return salida.getvalue()


def documento(
    catalogo: bytes = b"", pagina: bytes = b"", otros: Mapping[int, bytes] | None = None, cola: bytes = b""
) -> bytes:
    """One page; `catalogo` and `pagina` are added to those dictionaries, `otros` are more objects."""
    return escribir(
        {1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogo, 2: PAGINAS, 3: PAGINA % pagina}
        | (dict(otros or {})),
        cola=cola,
    )


def flujo(datos: bytes, entradas: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entradas, len(datos), datos)


def paquete(objetos: Mapping[int, bytes], modo: str = "flate") -> bytes:
    """The body of an object stream holding those objects, compressed in one of `MODOS`."""
    cuerpo, indice = b"", []
    for numero, texto in objetos.items():
        indice.append(b"%d %d" % (numero, len(cuerpo)))
        cuerpo += texto + b" "
    cabeza = b" ".join(indice) + b" "
    comprimir, entradas = MODOS[modo]
    entradas += b"/Type/ObjStm/N %d/First %d" % (len(objetos), len(cabeza))
    return flujo(comprimir(cabeza + cuerpo), entradas)


def _con_predictor(datos: bytes, ancho: int = 8) -> bytes:
    """PNG's «Up» predictor: each row holds its difference with the one above."""
    filas = [datos[i : i + ancho].ljust(ancho) for i in range(0, len(datos), ancho)]
    arriba = [bytes(ancho), *filas]
    restas = [
        bytes((a - b) % 256 for a, b in zip(f, g, strict=True)) for f, g in zip(filas, arriba, strict=False)
    ]
    return zlib.compress(b"".join(b"\x02" + resta for resta in restas))


MODOS = {
    "flate": (zlib.compress, b"/Filter/FlateDecode"),
    "llano": (bytes, b""),
    "ascii85": (lambda d: base64.a85encode(zlib.compress(d)) + b"~>", b"/Filter[/ASCII85Decode/FlateDecode]"),
    "hexadecimal": (lambda d: d.hex().encode() + b">", b"/Filter/ASCIIHexDecode"),
    "doble": (lambda d: zlib.compress(zlib.compress(d)), b"/Filter[/FlateDecode/FlateDecode]"),
    "predictor": (_con_predictor, b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 8>>"),
    "sin_final": (lambda d: zlib.compress(d)[:-5], b"/Filter/FlateDecode"),
}


def con_accion(accion: bytes, otros: Mapping[int, bytes] | None = None) -> bytes:
    """A page with a link that runs the action, an object of its own; `otros` go from 6 on."""
    return con_anotacion(b"/Subtype/Link/A 5 0 R", {5: b"<<%s>>" % accion} | dict(otros or {}))


def con_anotacion(anotacion: bytes, otros: Mapping[int, bytes] | None = None) -> bytes:
    """A page with that annotation; `otros` are more objects, from 5 on."""
    anotada = {4: b"<</Type/Annot/Rect[0 0 9 9]%s>>" % anotacion}
    return documento(pagina=b"/Annots[4 0 R]", otros=anotada | dict(otros or {}))


def imagen(formato: str, lado: int = 64) -> bytes:
    """A small picture in that format."""
    salida = io.BytesIO()
    Image.radial_gradient("L").resize((lado, lado)).convert("RGB").save(salida, formato)
    return salida.getvalue()


def escaneo(paginas: int = 7, lado: int = 400) -> bytes:
    """What a scanner gives: a picture a page."""
    return img2pdf.convert([imagen("JPEG", lado)] * paginas)


def con_pikepdf(paginas: int = 1, **opciones: object) -> bytes:
    """Blank letter pages, saved with those options of pikepdf."""
    salida, pdf = io.BytesIO(), pikepdf.new()
    for _ in range(paginas):
        pdf.add_blank_page(page_size=(612, 792))
    pdf.save(salida, **opciones)
    return salida.getvalue()


def cifrado(*, usuario: str, version: int, aes: bool) -> bytes:
    """Encrypted with the owner's password and, unless it is empty, the user's."""
    clave = pikepdf.Encryption(owner="dueño", user=usuario, R=version, aes=aes, metadata=aes)
    modo = pikepdf.ObjectStreamMode.generate if version > 3 else pikepdf.ObjectStreamMode.disable
    return con_pikepdf(2, encryption=clave, object_stream_mode=modo)


def bomba(megas: int, capas: int) -> bytes:
    """That many MB of zeros, compressed `capas` times: a sound zlib stream, made without unfolding it."""
    compresor = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieza = compresor.compress(bytes(1 << 20)) + compresor.flush(zlib.Z_FULL_FLUSH)
    suma = ((megas << 20) % 65521) << 16 | 1  # Adler-32 of that many zeros
    datos = b"\x78\xda" + pieza * megas + compresor.flush() + suma.to_bytes(4, "big")
    for _ in range(capas - 1):
        datos = zlib.compress(datos, 9)
    return datos
