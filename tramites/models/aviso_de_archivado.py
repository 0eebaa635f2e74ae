"""The reminders before archiving, once each in a cycle of the clock (FB3)."""

from django.db import models

from .gestion import Gestion


class AvisoDeArchivado(models.Model):
    """A reminder `dias` before the last day; it counts only once delivered (matriz.md §6)."""

    gestion = models.ForeignKey(Gestion, on_delete=models.PROTECT, related_name="avisos_de_archivado")
    ciclo = models.PositiveIntegerField()
    dias = models.PositiveSmallIntegerField()
    evento = models.OneToOneField("bitacora.Evento", on_delete=models.PROTECT, related_name="+")
    entregado_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "aviso de archivado"
        db_table = "tramites_avisoarchivo"  # as it was created: a name is not worth moving a table
        constraints = [
            models.UniqueConstraint(fields=["gestion", "ciclo", "dias"], name="tramites_aviso_archivo_unico")
        ]

    def __str__(self) -> str:
        return f"Aviso de {self.dias} días de la Gestión No. {self.gestion_id}"
