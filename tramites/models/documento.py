"""A file that the person loaded in a renglón."""

import uuid

from django.db import models

from papeles.almacen import CARPETA
from tramites.definicion import etiqueta

from .envio import Envio
from .formulario import VersionFormulario
from .gestion import Gestion


def ruta_documento(documento: "Documento", _nombre: str) -> str:
    """Private place of a file: a name of ours, never the person's (S11)."""
    return f"{CARPETA}/{documento.gestion_id}/{documento.pk}.pdf"


class Documento(models.Model):
    """A PDF exactly as received. What was sent is never deleted; `envio` is null until then.

    `ficha` makes one POST repeated one file (S13). `version_formulario` tells, in the renglón of
    the printed form, which version it answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gestion = models.ForeignKey(Gestion, on_delete=models.PROTECT, related_name="documentos")
    renglon = models.PositiveSmallIntegerField("renglón")
    archivo = models.FileField(upload_to=ruta_documento)
    nombre = models.CharField("nombre original", max_length=160)
    sha256 = models.CharField("SHA-256", max_length=64)
    tamano = models.PositiveBigIntegerField("tamaño en bytes")
    paginas = models.PositiveIntegerField("páginas")
    ficha = models.UUIDField(unique=True, editable=False)
    version_formulario = models.ForeignKey(
        VersionFormulario, null=True, on_delete=models.PROTECT, related_name="+"
    )
    envio = models.ForeignKey(Envio, null=True, on_delete=models.PROTECT, related_name="documentos")
    subido_en = models.DateTimeField("fecha de carga")
    retirado_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "documento"
        indexes = [models.Index(fields=["gestion", "renglon"], name="tramites_documento_renglon")]

    def __str__(self) -> str:
        return f"{self.nombre} (renglón {self.etiqueta} de la Gestión No. {self.gestion_id})"

    @property
    def etiqueta(self) -> str:
        """The number of its renglón as people read it."""
        return etiqueta(self.renglon)
