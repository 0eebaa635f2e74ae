"""What is refused, by its name and by its structure (S3, S4, S5). Nothing here opens a file."""

import re
from collections.abc import Iterator
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from .sintaxis import direcciones, sin_escapes, uno_de
from .valores import entrada, nombre

# The order of mensajes.md §1: only the first is said.
ORDEN = ("javascript", "accion_externa", "archivo_incrustado", "xfa", "multimedia")
ACCIONES = {
    "/JavaScript": "javascript",
    "/Launch": "accion_externa",
    "/SubmitForm": "accion_externa",
    "/ImportData": "accion_externa",
    "/GoToR": "accion_externa",
    "/GoToE": "accion_externa",
    "/Rendition": "multimedia",
    "/Movie": "multimedia",
    "/Sound": "multimedia",
    "/RichMediaExecute": "multimedia",
    "/GoTo3DView": "multimedia",
}
ANOTACIONES = {
    "/FileAttachment": "archivo_incrustado",
    "/RichMedia": "multimedia",
    "/Movie": "multimedia",
    "/Sound": "multimedia",
    "/Screen": "multimedia",
    "/3D": "multimedia",
}
ENTRADAS = {
    "/JS": "javascript",
    "/EF": "archivo_incrustado",
    "/EmbeddedFiles": "archivo_incrustado",
    "/XFA": "xfa",
}
POR_NOMBRE = ACCIONES | ANOTACIONES | ENTRADAS
# Harmful only for what they hold: they call for a judgement, their name alone accuses of nothing.
DUDOSOS = ("/AA", "/OpenAction", "/URI", "/Base", "/Thread")
# Alone as a whole object, a name is there for an action or an annotation to take its kind from it.
SUELTOS = ACCIONES | ANOTACIONES | {"/Thread": "accion_externa"}
# Their harm may stand in another object, of which two readers may know two versions.
APARTE = {
    "/JavaScript": "javascript",
    "/EF": "archivo_incrustado",
    "/EmbeddedFiles": "archivo_incrustado",
    "/XFA": "xfa",
    "/URI": "accion_externa",
    "/OpenAction": "accion_externa",
    "/AA": "accion_externa",
}

_SOSPECHOSO = uno_de((*POR_NOMBRE, *DUDOSOS))
_PROHIBIDO = uno_de(tuple(POR_NOMBRE))
_DIRECCION, _DISPARO = uno_de(("/URI", "/Base")), uno_de(("/AA", "/OpenAction"))
# An outline has a /First of its own, but that is a reference.
_PAQUETE = re.compile(
    uno_de(("/ObjStm",)).pattern + rb"|" + uno_de(("/First",)).pattern + rb"(?!\s+\d+\s+\d+\s+R)"
)
_FUERA = uno_de(("/F", "/Ref", "/OPI"))
# To a script, to a file of the machine, or to one of its network («\\host»). Browsers drop what is blank.
_ESQUEMA = re.compile(r"((?:java|vb)script:)|file:|data:|\\\\")


def es_sospechoso(texto: bytes) -> bool:
    """Whether the text names something that calls for a judgement."""
    return _SOSPECHOSO.search(sin_escapes(texto) if b"#" in texto else texto) is not None


def por_bytes(trozo: bytes) -> set[str]:
    """What the names and the addresses in the bytes accuse of, structure unseen."""
    plano = sin_escapes(trozo)
    hallazgos = {POR_NOMBRE["/" + hallado.decode()] for hallado in _PROHIBIDO.findall(plano)}
    if _DIRECCION.search(plano):
        hallazgos |= {juzgar_enlace(texto) for texto in direcciones(trozo)}
        # Which opens by itself, for all that can be told.
        hallazgos |= {"accion_externa"} if _DISPARO.search(plano) else set()
    return hallazgos - {""}


def habla_de_paquetes(trozo: bytes) -> bool:
    """Whether a dictionary that cannot be trusted may be that of an object stream."""
    return _PAQUETE.search(sin_escapes(trozo)) is not None


def habla_de_otro_archivo(trozo: bytes) -> bool:
    """Whether a stream's dictionary that cannot be trusted may say that its data are elsewhere."""
    return _FUERA.search(sin_escapes(trozo)) is not None


def acusar(objeto: Any) -> set[str]:
    """What an object accuses of, with all that stands inside."""
    hallazgos = {SUELTOS.get(objeto, "")} if isinstance(objeto, NameObject) else set()
    # The data of an external stream are in another file, a reference XObject is a page of one, and OPI
    # (ISO 32000-1, 14.11.7) prints one in its place.
    if isinstance(objeto, StreamObject) and any(tiene(objeto, llave) for llave in ("/F", "/Ref", "/OPI")):
        hallazgos.add("accion_externa")
    return hallazgos.union(*map(juzgar, diccionarios(objeto))) - {""}


def diccionarios(objeto: Any) -> Iterator[DictionaryObject]:
    """Every dictionary inside the object, without recursion and without following references."""
    pila = [objeto]
    while pila:
        nodo = pila.pop()
        if isinstance(nodo, DictionaryObject):
            yield nodo
            pila.extend(nodo.values())
        elif isinstance(nodo, ArrayObject):
            pila.extend(nodo)


def juzgar(nodo: DictionaryObject) -> set[str]:
    """What one dictionary accuses of."""
    hallazgos = {ACCIONES.get(nombre(nodo, "/S"), ""), ANOTACIONES.get(nombre(nodo, "/Subtype"), "")}
    # A resource may bear any name, also /JS: a script is a string, a resource never.
    if isinstance(entrada(nodo, "/JS"), (TextStringObject, ByteStringObject)):
        hallazgos.add("javascript")
    if tiene_hojas(entrada(nodo, "/JavaScript")):
        hallazgos.add("javascript")
    if tiene_hojas(entrada(nodo, "/EmbeddedFiles")) or lleva_archivo(entrada(nodo, "/EF")):
        hallazgos.add("archivo_incrustado")
    # A stream without entries is an empty dictionary, thus false.
    if isinstance(entrada(nodo, "/XFA"), StreamObject) or entrada(nodo, "/XFA"):
        hallazgos.add("xfa")
    # An article thread is of this file unless it names another.
    if nombre(nodo, "/S") == "/Thread" and "/F" in nodo:
        hallazgos.add("accion_externa")
    hallazgos |= {juzgar_disparo(accion) for accion in disparos(nodo)}
    hallazgos |= {juzgar_enlace(entrada(nodo, "/URI")), juzgar_enlace(entrada(nodo, "/Base"))}
    return hallazgos


def tiene(nodo: DictionaryObject, llave: str) -> bool:
    """Whether the entry is there, null apart."""
    return entrada(nodo, llave) is not None or isinstance(dict.get(nodo, llave), IndirectObject)


def tiene_hojas(arbol: Any) -> bool:
    """Whether a name tree holds something: some writers leave an empty one behind."""
    return isinstance(arbol, DictionaryObject) and bool(entrada(arbol, "/Names") or entrada(arbol, "/Kids"))


def lleva_archivo(valor: Any) -> bool:
    """Whether the /EF of a file specification holds the file."""
    return isinstance(valor, DictionaryObject) and any(
        k in valor for k in ("/F", "/UF", "/DOS", "/Mac", "/Unix")
    )


def disparos(nodo: DictionaryObject) -> Iterator[DictionaryObject]:
    """The actions that run without a click: /OpenAction and each of /AA."""
    propios = entrada(nodo, "/AA")
    candidatos = [entrada(nodo, "/OpenAction")]
    if isinstance(propios, DictionaryObject):
        candidatos += [entrada(propios, momento) for momento in propios]
    yield from (c for c in candidatos if isinstance(c, DictionaryObject) and "/S" in c)


def juzgar_disparo(accion: DictionaryObject) -> str:
    """Going to a page or printing is harmless; anything else that starts by itself is not."""
    clase = nombre(accion, "/S")
    if clase in ACCIONES:
        return ACCIONES[clase]
    return "" if clase in ("/GoTo", "/Named") and "/Next" not in accion else "accion_externa"


def juzgar_enlace(uri: Any) -> str:
    """A link to the web waits for a click, and scans have them; one to a script or a file is refused."""
    texto = uri.decode("latin-1") if isinstance(uri, bytes) else uri
    hallado = _ESQUEMA.match(re.sub(r"[\0-\x20]", "", texto).lower()) if isinstance(texto, str) else None
    if not hallado:
        return ""
    return "javascript" if hallado[1] else "accion_externa"


def apartes(objeto: Any) -> Iterator[tuple[str, IndirectObject]]:
    """What the object's references would accuse of if what they name were not what it seems."""
    for nodo in diccionarios(objeto):
        pares = [(APARTE[llave], valor) for llave, valor in nodo.items() if llave in APARTE]
        propios = dict.get(nodo, "/AA")
        if isinstance(propios, DictionaryObject):
            pares += [("accion_externa", valor) for valor in propios.values()]
        yield from ((causa, valor) for causa, valor in pares if isinstance(valor, IndirectObject))
