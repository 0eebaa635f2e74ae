"""The text of a PDF: what every reader reads alike, and what the most lenient of them would.

Readers do not agree on what is blank (PDFium skips \\x80 and \\xff, pdf.js \\xa0, pypdf \\v), on the
escapes of names (PDFium takes `#L3` for an S and ends a name at `#00`) nor on what they skip. So there
are two ways to look: plain text, whose tokens leave no doubt, may be judged by its structure; any other
is judged by the names that its bytes spell to anybody.
"""

import re

# Blank to everybody.
BLANCO = b"\t\n\x0c\r "
_DELIMITA = rb"()<>\[\]{}/%"
# Blank to somebody, a comment included.
_HUECO = rb"(?:[\x00\t\n\x0b\x0c\r \x80\xa0\xff]|%[^\r\n]*+[\r\n])"
_FIN = rb"(?=[" + BLANCO + _DELIMITA + rb"]|\Z)"
# The end of a name to somebody: whatever is not a printable sign.
_FIN_LAXO = rb"(?=[^!-~]|[" + _DELIMITA + rb"]|\Z)"


def _cadena(niveles: int) -> bytes:
    """A literal string, parentheses nested so deep."""
    dentro = rb"[^()\\]++|\\." + (rb"|" + _cadena(niveles - 1) if niveles else b"")
    return rb"\((?>(?:" + dentro + rb")*)\)"


_TEXTO = _cadena(3) + rb"|<[0-9A-Fa-f" + BLANCO + rb"]*+>"
_LLANO = re.compile(
    rb"(?>(?:[" + BLANCO + rb"]++"
    rb"|/(?>(?:[!-~](?<![#" + _DELIMITA + rb"])|#[2-7][0-9A-Fa-f])+)" + _FIN
    + rb"|<<|>>|\[|\]"
    + rb"|(?:[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)|true|false|null|R)" + _FIN
    + rb"|" + _TEXTO
    + rb")*)",
    re.DOTALL,
)  # fmt: skip
_TEXTOS = re.compile(_TEXTO, re.DOTALL)
# Never a delimiter: undoing an escape must not undo where a name begins.
_ESCAPE = re.compile(rb"#([!-~](?<![" + _DELIMITA + rb"]))([!-~](?<![" + _DELIMITA + rb"]))")

# Where an object begins: a keyword, wherever it stands …
COMIENZO = re.compile(rb"obj(?<!endobj)|trailer")
# … or, inside a stream, what a reader asks for before it takes the bytes there for an object: its two
# numbers, and something that can be one.
COMIENZO_ESTRICTO = re.compile(
    rb"(?>[0-9.+-](?>" + _HUECO + rb"+)[0-9.+\-eE_]++(?>" + _HUECO + rb"*)obj)"
    rb"(?=(?>" + _HUECO + rb"*)[<\[/(0-9])|trailer",
    re.DOTALL,
)
# pypdf asks for no keyword where an xref points: two numbers and three letters of any kind.
COMIENZO_APUNTADO = re.compile(
    rb"[\s\0]*+(?>(?:%[^\r\n]*+[\s\0]*+)*)[0-9+_-]++[\s\0]++[0-9+_-]++[\s\0]++.{3}", re.DOTALL
)
CABECERA = re.compile(rb"([0-9]{1,10})[" + BLANCO + rb"]+([0-9]{1,5})[" + BLANCO + rb"]*\Z")
# What may follow the plain text of an object of its own.
CIERRE = re.compile(rb"endobj|startxref")
FLUJO = re.compile(rb"stream[\t ]*+(?:\r\n?|\n)")
# Those after which all readers find the same first byte.
FLUJOS_CLAROS = (b"stream\n", b"stream\r\n")
FIN_DE_FLUJO = re.compile(rb"[" + BLANCO + rb"]*+endstream[" + BLANCO + rb"]*+endobj")


def fin_de_lo_llano(texto: bytes, desde: int) -> int:
    """How far every reader would find the same tokens."""
    return _LLANO.match(texto, desde).end()  # type: ignore[union-attr]


def cuantos_nombres(llano: bytes) -> int:
    """How many names stand in a plain text, strings apart."""
    return _TEXTOS.sub(b"()", llano).count(b"/")


def sin_escapes(texto: bytes) -> bytes:
    """The text with the escapes of its names undone, as PDFium does: any two letters are a number."""
    return _ESCAPE.sub(lambda m: bytes(((_cifra(m[1]) * 16 + _cifra(m[2])) % 256,)), texto)


def _cifra(letra: bytes) -> int:
    return ord(letra) - 48 if letra <= b"9" else ord(letra.upper()) - 55


def uno_de(nombres: tuple[str, ...]) -> re.Pattern[bytes]:
    """What finds those names, their escapes undone."""
    return re.compile(b"/(" + b"|".join(n[1:].encode() for n in nombres) + b")" + _FIN_LAXO)


def direcciones(texto: bytes) -> list[bytes]:
    """The beginning of each string in the text, however it is written, for who cannot parse it."""
    literales = [_OCTAL.sub(lambda m: bytes((int(m[1], 8) % 256,)), t) for t in _LITERAL.findall(texto)]
    hexadecimales = [bytes.fromhex(_impar(t)) for t in _HEXADECIMAL.findall(texto)]
    return [t.removeprefix(b"\xfe\xff").replace(b"\0", b"") for t in literales + hexadecimales]


_LITERAL = re.compile(rb"\(([^()]{1,400})")
_HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f\s]{2,400})")
_OCTAL = re.compile(rb"\\([0-7]{1,3})")


def _impar(cifras: bytes) -> str:
    limpias = b"".join(cifras.split()).decode()
    return limpias + "0" * (len(limpias) % 2)
