"""What the person answered in a step: partial or wrong drafts included."""

from django.db import models

from .gestion import Gestion


class RespuestaPaso(models.Model):
    """The answers of one step. `completa` says whether they were valid when saved."""

    gestion = models.ForeignKey(Gestion, on_delete=models.CASCADE, related_name="respuestas")
    paso = models.CharField(max_length=30)
    valores = models.JSONField(default=dict)
    completa = models.BooleanField(default=False)
    guardada_en = models.DateTimeField()

    class Meta:
        verbose_name = "respuesta"
        constraints = [models.UniqueConstraint(fields=["gestion", "paso"], name="tramites_respuesta_unica")]

    def __str__(self) -> str:
        return f"{self.paso} de la Gestión No. {self.gestion_id}"
