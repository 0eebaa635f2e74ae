"""The form as the person confirmed it: frozen, with its paper."""

import base64
import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Q

from papeles.almacen import CARPETA
from tramites.definicion import Congelado, Respuestas

from .gestion import Gestion


def ruta_formulario(version: "VersionFormulario", _nombre: str) -> str:
    """Private place of a printed form."""
    return f"{CARPETA}/{version.gestion_id}/formulario-{version.n}.pdf"


class VersionFormulario(models.Model):
    """Steps 1-3 frozen when the person confirms step 5; editing them voids it, visibly (B4.3)."""

    gestion = models.ForeignKey(Gestion, on_delete=models.PROTECT, related_name="versiones")
    n = models.PositiveSmallIntegerField()
    contenido = models.JSONField()
    resumen = models.CharField(max_length=64)
    fecha_acta = models.DateField()
    confirmada_en = models.DateTimeField()
    descargada_en = models.DateTimeField(null=True)
    anulada_en = models.DateTimeField(null=True)
    pdf = models.FileField(upload_to=ruta_formulario, null=True)

    class Meta:
        verbose_name = "versión del formulario"
        constraints = [
            models.UniqueConstraint(fields=["gestion", "n"], name="tramites_formulario_version_unica"),
            models.UniqueConstraint(
                fields=["gestion"],
                condition=Q(anulada_en__isnull=True),
                name="tramites_formulario_uno_vigente",
            ),
        ]

    def __str__(self) -> str:
        return f"Formulario {self.n} de la Gestión No. {self.gestion_id}"

    @staticmethod
    def resumir(contenido: dict[str, Any]) -> str:
        """SHA-256 (hex) of the canonical JSON of what is frozen."""
        canonico = json.dumps(contenido, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonico.encode()).hexdigest()

    @property
    def codigo(self) -> str:
        """The sixteen characters (80 bits of the digest) that the paper carries."""
        texto = base64.b32encode(bytes.fromhex(self.resumen)[:10]).decode()
        return "-".join(texto[i : i + 4] for i in range(0, 16, 4))

    @property
    def respuestas(self) -> Respuestas:
        """The answers that were frozen, less those that their condition discarded."""
        return {clave: paso["valores"] for clave, paso in self.contenido["pasos"].items()}

    def congelado(self) -> Congelado:
        """What the printed form is made of: the frozen content and nothing else."""
        return Congelado(
            numero=self.gestion_id,
            version=self.n,
            codigo=self.codigo,
            resumen=self.resumen,
            cui=self.contenido["cui"],
            nombre_completo=self.contenido["nombre_completo"],
            fecha_acta=self.fecha_acta,
            meses_archivo=self.contenido["meses_archivo"],
            pasos=self.contenido["pasos"],
            textos=self.contenido["textos"],
        )
