"""The papers that ONSEC issues with its decision: the notice of a previo and the proof of admission."""

from django.db import models

from papeles.almacen import CARPETA

from .envio import codigo_nuevo
from .gestion import Gestion


def ruta_comprobante(comprobante: "Comprobante", _nombre: str) -> str:
    """Private place of a paper."""
    return f"{CARPETA}/{comprobante.gestion_id}/{comprobante.clase}-{comprobante.ronda}.pdf"


class Comprobante(models.Model):
    """A paper of a round's decision, rendered once; `codigo` verifies it in public (S16)."""

    class Clase(models.TextChoices):
        PREVIO = "previo", "Aviso de previo"
        ADMISION = "admision", "Constancia de admisión"

    gestion = models.ForeignKey(Gestion, on_delete=models.PROTECT, related_name="comprobantes")
    clase = models.CharField(max_length=8, choices=Clase.choices)
    ronda = models.PositiveSmallIntegerField()
    decidido_en = models.DateTimeField("fecha de la decisión")
    codigo = models.CharField("código de verificación", max_length=20, unique=True, default=codigo_nuevo)
    pdf = models.FileField(upload_to=ruta_comprobante, null=True)

    class Meta:
        verbose_name = "comprobante"
        constraints = [
            models.UniqueConstraint(fields=["gestion", "clase", "ronda"], name="tramites_comprobante_unico")
        ]

    def __str__(self) -> str:
        return f"{self.get_clase_display()} {self.ronda} de la Gestión No. {self.gestion_id}"
