"""What a new password must be: length and not easy to guess, no composition rules (seguridad.md S39)."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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


def minimo(usuario: Any) -> int:
    """The least characters for that account; a citizen's when nobody is known yet."""
    es_personal = getattr(usuario, "es_personal", False)
    return settings.CLAVE_MINIMO_PERSONAL if es_personal else settings.CLAVE_MINIMO_CIUDADANO


class ReglasDeClave:
    """One validator, so that one cause gives one message (mensajes.md §3)."""

    def __init__(self) -> None:
        self._faciles = (CommonPasswordValidator(), UserAttributeSimilarityValidator(_DATOS_PROPIOS))

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with the first sentence that applies."""
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
