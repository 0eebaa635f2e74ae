"""allauth.mfa's decisions in our words: messages, the QR, and its secrets ciphered at rest."""

import base64
import hashlib

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class AdaptadorSegundoFactor(DefaultMFAAdapter):
    """The database alone opens nothing: what makes the codes is ciphered with SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("El código no es correcto o ya se usó. Escriba el que muestra su aplicación."),
        "unverified_email": _("Primero confirme su correo. Podemos enviarle otro mensaje."),
        "cannot_generate_recovery_codes": _("Primero active la verificación en dos pasos."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR as inline SVG: dark on white in both colour schemes."""
        return segno.make(url, error="m").svg_inline(
            light="#fff", omitsize=True, title="Código QR de su clave", svgclass="qr"
        )

    def encrypt(self, text: str) -> str:
        return _cifra().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Also what an earlier SECRET_KEY ciphered; `cryptography.fernet.InvalidToken` otherwise."""
        return _cifra().decrypt(encrypted_text.encode()).decode()


def recifrar(cifrado: str) -> str:
    """The same secret, ciphered with the SECRET_KEY of now; InvalidToken if none of them reads it."""
    return _cifra().rotate(cifrado.encode()).decode()


def _cifra() -> MultiFernet:
    llaves = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_derivada(llave)) for llave in llaves])


def _derivada(llave: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"cuentas.segundo_factor:" + llave.encode()).digest())
