"""What the owner asks to have put right in what was already sent: an annotation, never an overwrite."""

from django.db import models

from .gestion import Gestion


class Rectificacion(models.Model):
    """A request to put right a datum, in its owner's words; what was sent stands as it was signed.

    `responder_antes_de` is the term of Decreto 57-2008, article 34. `ficha` makes a POST repeated one
    request (S13).
    """

    gestion = models.ForeignKey(Gestion, on_delete=models.PROTECT, related_name="rectificaciones")
    ficha = models.UUIDField(unique=True, editable=False)
    texto = models.TextField()
    pedida_en = models.DateTimeField()
    responder_antes_de = models.DateField()

    class Meta:
        verbose_name = "petición de rectificación"
        verbose_name_plural = "peticiones de rectificación"
        ordering = ["-pedida_en"]

    def __str__(self) -> str:
        return f"Petición {self.folio} de la Gestión No. {self.gestion_id}"

    @property
    def folio(self) -> str:
        """What the person and the office call it."""
        return f"R-{self.pk}"
