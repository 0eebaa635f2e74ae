"""Rows that staff edit, each with the dates between which it holds."""

from django.db import models
from django.db.models import F, Q


class Opcion(models.Model):
    """One option of a list. What a Gestión froze keeps its own words, whatever happens to this row.

    To rename an option from a day on, add a row with the same code and a later `vigente_desde`;
    to withdraw it, set `vigente_hasta`, its last day.
    """

    catalogo = models.CharField("catálogo", max_length=40)
    codigo = models.CharField("código", max_length=10)
    nombre = models.CharField("nombre", max_length=120)
    orden = models.PositiveSmallIntegerField("orden")
    vigente_desde = models.DateField("vigente desde")
    vigente_hasta = models.DateField("vigente hasta", null=True, blank=True)

    class Meta:
        app_label = "prevision"
        verbose_name = "opción"
        verbose_name_plural = "opciones"
        ordering = ["catalogo", "orden", "codigo"]
        constraints = [
            models.UniqueConstraint(
                fields=["catalogo", "codigo", "vigente_desde"], name="prevision_opcion_unica"
            ),
            models.CheckConstraint(
                condition=Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=F("vigente_desde")),
                name="prevision_opcion_vigencia_coherente",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre


class TextoEditable(models.Model):
    """One version of a text that ONSEC writes; the highest one already in force is shown (B5.1)."""

    clave = models.CharField("clave", max_length=60)
    version = models.PositiveSmallIntegerField("versión")
    texto = models.TextField("texto", blank=True)
    vigente_desde = models.DateField("vigente desde")

    class Meta:
        app_label = "prevision"
        verbose_name = "texto editable"
        verbose_name_plural = "textos editables"
        ordering = ["clave", "version"]
        constraints = [
            models.UniqueConstraint(fields=["clave", "version"], name="prevision_texto_version_unica"),
        ]

    def __str__(self) -> str:
        return f"{self.clave} v{self.version}"
