"""The signs of a text: which nobody sees, and which are one although keyboards write them in many ways.

Three levels, each on top of the one before; all of them give back themselves:
`limpio` is for whatever is typed, `plegado` for names and searches, `cifras` for numbers and dates.
"""

import re
import unicodedata

_PUNTAS_DE_PLANO = "".join(chr(plano + n) for plano in range(0, 0x110000, 0x10000) for n in (0xFFFE, 0xFFFF))
# Controls but tab and end of line, half characters, and what Unicode ignores by default: zero-width,
# bidirectional, soft hyphen, byte order mark, variation selectors, fillers, tags (DerivedCoreProperties.txt).
_INVISIBLES = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    f"{_PUNTAS_DE_PLANO}]"
)
_SALTOS = re.compile("[\x0b\x0c\x85]")  # what a word processor pastes for an end of line

_GUIONES = dict.fromkeys(map(ord, "‐‑‒–—―−⁃˗﹘﹣"), "-")
_APOSTROFOS = dict.fromkeys(map(ord, "´`‘’‛ʼʻʹ′"), "'")
_ANCHOS = {0xFEE0 + n: chr(n) for n in range(0x21, 0x7F)}
_ESPACIOS = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_PLIEGUES = _ANCHOS | _ESPACIOS | _GUIONES | _APOSTROFOS


def limpio(texto: str) -> str:
    """The text in NFC without what nobody sees; lines, spaces and typography stay as typed."""
    return unicodedata.normalize("NFC", _INVISIBLES.sub("", _SALTOS.sub("\n", texto)))


def plegado(texto: str) -> str:
    """`limpio` with one dash, one apostrophe, one space and no full-width form; case and accents stay."""
    return unicodedata.normalize("NFC", limpio(texto).translate(_PLIEGUES))


def cifras(texto: str) -> str:
    """`plegado` with the digits of any script as 0-9."""
    return "".join(str(unicodedata.decimal(signo, signo)) for signo in plegado(texto))
