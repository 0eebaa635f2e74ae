"""Recovery codes: kept as digests that take work to try, and shown once (S41).

A layer over allauth's own row and validation: where it keeps codes to compare with, ours keeps their digests.
"""

import secrets

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.utils.crypto import pbkdf2

# Enough to make eight digits dear to guess, little enough for the one who types them: some 30 ms.
VUELTAS = 50_000
POR_MOSTRAR = "por_mostrar"


def resumir(factor: Authenticator, *, mostrar: bool = False) -> None:
    """Put digests in place of the codes; with `mostrar` they are ciphered aside until the page shows them."""
    if "sal" in factor.data:
        return
    codigos = factor.wrap().get_unused_codes()
    factor.data = {k: v for k, v in factor.data.items() if k not in {"seed", "used_mask"}}
    factor.data["sal"] = secrets.token_hex(16)
    factor.data["migrated_codes"] = [encrypt(_resumen(codigo, factor)) for codigo in codigos]
    if mostrar:
        factor.data[POR_MOSTRAR] = [encrypt(codigo) for codigo in codigos]
    factor.save(update_fields=["data"])


def validar(factor: Authenticator, codigo: str) -> bool:
    """Whether that code is one of the unused ones; it is not, from then on."""
    resumir(factor)
    return factor.wrap().validate_code(_resumen(codigo, factor))


def sacar(factor: Authenticator) -> list[str]:
    """The codes, to show them this once; none afterwards."""
    codigos = factor.data.pop(POR_MOSTRAR, [])
    factor.save(update_fields=["data"])
    return [decrypt(codigo) for codigo in codigos]


def _resumen(codigo: str, factor: Authenticator) -> str:
    return pbkdf2(codigo, factor.data["sal"], VUELTAS).hex()
