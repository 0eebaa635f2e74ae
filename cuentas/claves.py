"""What a new password must be: length and not easy to guess, no composition rules (seguridad.md S39)."""

import re
import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from escritura.signos import limpio

MAXIMO = 128
# Words of this portal that a guesser tries first; digits and signs around them add nothing.
# fmt: off
PALABRAS_DEL_PORTAL = frozenset(
    {
        "ceo", "onsec", "ceoonsec", "onsecceo", "portal", "portalceo", "portalonsec", "guatemala",
        "igss", "renap", "invalidez", "jubilacion", "pension", "pensioncivil", "pensioninvalidez",
        "clave", "miclave", "contrasena", "contraseña", "ingreso",
    }
)
# fmt: on
_DATOS_PROPIOS = (
    "cui",
    "email",
    "primer_nombre",
    "segundo_nombre",
    "primer_apellido",
    "segundo_apellido",
)


def normal(clave: str) -> str:
    """A password as it is hashed: NFKC (NIST SP 800-63B), without what nobody sees; its spaces stay."""
    if len(clave) > 4 * MAXIMO:  # no account has it, and NFKC may make it eighteen times as long
        return clave
    return unicodedata.normalize("NFKC", limpio(clave))


class ClaveNormal(PBKDF2PasswordHasher):
    """Django's own, of the normal form: whatever keyboard types it, it is the same password (decision 20).

    Its name says with which form an account was set: an older one is compared as typed, and moves here on its
    first success. Each attempt costs one hash.
    """

    algorithm = "pbkdf2_sha256_nfkc"
    iterations = getattr(settings, "CLAVE_ITERACIONES", PBKDF2PasswordHasher.iterations)

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        return super().encode(normal(password), salt, iterations)


def minimo(usuario: Any) -> int:
    """The least characters for that account; a citizen's when nobody is known yet."""
    es_personal = getattr(usuario, "es_personal", False)
    return settings.CLAVE_MINIMO_PERSONAL if es_personal else settings.CLAVE_MINIMO_CIUDADANO


class ReglasDeClave:
    """One validator, so that one cause gives one message (mensajes.md §3)."""

    def __init__(self) -> None:
        self._faciles = (CommonPasswordValidator(), UserAttributeSimilarityValidator(_DATOS_PROPIOS))

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with the first sentence that applies, of what will be hashed."""
        password = normal(password)
        if len(password) < minimo(user):
            raise ValidationError(
                _("Escriba una contraseña de %(min)d caracteres o más."), "corta", {"min": minimo(user)}
            )
        if len(password) > MAXIMO:
            raise ValidationError(
                _("Escriba %(max)d letras o menos. Ahora tiene %(n)d."),
                "larga",
                {"max": MAXIMO, "n": len(password)},
            )
        if self._es_facil(password, user):
            raise ValidationError(_("Esa contraseña es fácil de adivinar. Escriba otra."), "facil")

    def get_help_text(self) -> str:
        return ""

    def _es_facil(self, password: str, user: Any) -> bool:
        if re.sub(r"[\W\d_]", "", password.lower()) in PALABRAS_DEL_PORTAL:
            return True
        try:
            for validador in self._faciles:
                validador.validate(password, user)
        except ValidationError:
            return True
        return False
