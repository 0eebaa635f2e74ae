"""A sending: what the office reads is what was sent, never the draft."""

import secrets

from django.db import models

from papeles.almacen import CARPETA

from .formulario import VersionFormulario
from .gestion import Gestion


def codigo_nuevo() -> str:
    """An unguessable code of 80 bits for the public verification of a receipt (S16)."""
    return secrets.token_hex(10).upper()


def ruta_constancia(envio: "Envio", _nombre: str) -> str:
    """Private place of a receipt."""
    return f"{CARPETA}/{envio.gestion_id}/constancia-{envio.ronda}.pdf"


class Envio(models.Model):
    """One sending of a Gestión; `ficha` is used once, so that a double click is one sending (B7.5)."""

    gestion = models.ForeignKey(Gestion, on_delete=models.PROTECT, related_name="envios")
    ronda = models.PositiveSmallIntegerField()
    ficha = models.UUIDField(unique=True, editable=False)
    enviado_en = models.DateTimeField()
    version_formulario = models.ForeignKey(VersionFormulario, on_delete=models.PROTECT, related_name="envios")
    resumen = models.CharField("resumen SHA-256", max_length=64)
    codigo = models.CharField("código de verificación", max_length=20, unique=True, default=codigo_nuevo)
    constancia = models.FileField(upload_to=ruta_constancia, null=True)

    class Meta:
        verbose_name = "envío"
        indexes = [models.Index(fields=["enviado_en"], name="tramites_envio_fecha")]
        constraints = [
            models.UniqueConstraint(fields=["gestion", "ronda"], name="tramites_envio_ronda_unica")
        ]

    def __str__(self) -> str:
        return f"Envío {self.ronda} de la Gestión No. {self.gestion_id}"
