"""A previo: the round's general motive and a case for each renglón or step to correct."""

from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from tramites.definicion import Paso, Renglon

from .documento import Documento
from .gestion import Gestion


class Previo(models.Model):
    """What ONSEC issued in a round; the Gestión goes back to its owner with it (E7)."""

    gestion = models.ForeignKey(Gestion, on_delete=models.PROTECT, related_name="previos")
    ronda = models.PositiveSmallIntegerField()
    motivo = models.CharField("motivo de envío a PREVIO", max_length=300)
    emitido_en = models.DateTimeField()
    emitido_por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "previo"
        indexes = [models.Index(fields=["emitido_en"], name="tramites_previo_fecha")]
        constraints = [
            models.UniqueConstraint(fields=["gestion", "ronda"], name="tramites_previo_ronda_unica")
        ]

    def __str__(self) -> str:
        return f"Previo {self.ronda} de la Gestión No. {self.gestion_id}"

    @cached_property
    def emitidos(self) -> "list[CasoDePrevio]":
        """Its cases, for whoever read them with it (`reglas/correccion.py`)."""
        return []


class CasoDePrevio(models.Model):
    """One thing to correct: the sentence that the owner reads, and the files it speaks of (E1, E9)."""

    previo = models.ForeignKey(Previo, on_delete=models.PROTECT, related_name="casos")
    renglon = models.PositiveSmallIntegerField("renglón", null=True)
    paso = models.CharField(max_length=30, blank=True)
    texto = models.TextField("Caso de Previo")
    archivos = models.ManyToManyField(Documento, related_name="casos", blank=True)
    pagina = models.PositiveIntegerField("página", null=True)
    # Why something verified before is observed now (matriz.md §5): for the office, never for the owner.
    justificacion = models.TextField("justificación", blank=True)

    class Meta:
        verbose_name = "caso de previo"
        verbose_name_plural = "casos de previo"
        ordering = ["renglon", "paso"]
        constraints = [
            models.CheckConstraint(
                condition=Q(renglon__isnull=False, paso="") | (Q(renglon__isnull=True) & ~Q(paso="")),
                name="tramites_caso_de_renglon_o_de_paso",
            ),
        ]

    def __str__(self) -> str:
        return self.texto

    @cached_property
    def claves_nombradas(self) -> set[UUID]:
        """Keys of the files that it names; a reader of many cases sets it at once (reglas/correccion.py)."""
        return {d.pk for d in self.archivos.all()}

    @property
    def titulo(self) -> str:
        """What it speaks of, by its number and name."""
        lugar = self.lugar
        numero = lugar.etiqueta + "." if isinstance(lugar, Renglon) else lugar.rotulo + ","
        return f"{numero} {lugar.nombre}"

    @property
    def lugar(self) -> Renglon | Paso:
        """The renglón or the step, as it was sent."""
        return self.previo.gestion.lugar(renglon=self.renglon, paso=self.paso)
