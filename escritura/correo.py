"""One mailbox, one spelling (decision 19)."""

import unicodedata

from escritura.signos import plegado

LARGO_DE_DOMINIO = 253
_PUNTO_IDEOGRAFICO = "\u3002"


def normal(escrito: str) -> str:
    """The address in small letters, its domain in ASCII (punycode) and without the root's dot.

    Whatever is no address comes back folded alone: its form says so.
    """
    junto = unicodedata.normalize("NFKC", plegado(escrito)).strip()
    usuario, arroba, dominio = junto.rpartition("@")
    return f"{usuario}{arroba}{_dominio(dominio) if arroba else dominio}".lower()


def _dominio(dominio: str) -> str:
    """As the mail's own transport encodes it; what cannot be encoded, as it is."""
    raiz = dominio.replace(_PUNTO_IDEOGRAFICO, ".").removesuffix(".")
    if len(raiz) > LARGO_DE_DOMINIO:
        return raiz
    try:
        return raiz.lower().encode("idna").decode("idna").encode("idna").decode("ascii")
    except UnicodeError:
        return raiz
