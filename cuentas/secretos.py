"""What opens an account is kept ciphered also while a session holds it, in the database and in the cache."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends.base import SessionBase

CIFRADO = "cifrado:"


@contextmanager
def en_la_mano(sesion: SessionBase, llave: str) -> Iterator[None]:
    """Within, the session has that secret as allauth reads and writes it; outside, ciphered with SECRET_KEY.

    One that no key reads any more is forgotten, and its page asks to begin again.
    """
    if guardado := sesion.pop(CIFRADO + llave, None):
        try:
            sesion[llave] = decrypt(guardado)
        except InvalidToken:
            sesion.pop(llave, None)
    try:
        yield
    finally:
        if secreto := sesion.pop(llave, None):
            sesion[CIFRADO + llave] = encrypt(secreto)
