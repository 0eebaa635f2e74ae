"""What the office thinks of what was sent: a verdict per renglón or step and round, kept with the Gestión."""

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from .documento import Documento
from .gestion import Gestion


class Resultado(models.TextChoices):
    """A verdict; no row means «sin revisar» (matriz.md §5)."""

    VERIFICADO = "VERIFICADO", "Verificado"
    OBSERVADO = "OBSERVADO", "Con observación"


class Veredicto(models.Model):
    """The verdict on one renglón, or on one of the steps 1-3, in a round.

    A draft until `observar` or `admitir`: the owner never sees it half made.
    """

    gestion = models.ForeignKey(Gestion, on_delete=models.PROTECT, related_name="veredictos")
    ronda = models.PositiveSmallIntegerField()
    renglon = models.PositiveSmallIntegerField("renglón", null=True)
    paso = models.CharField(max_length=30, blank=True)
    resultado = models.CharField(max_length=10, choices=Resultado.choices)
    texto = models.TextField("Caso de Previo", blank=True)
    documento = models.CharField("documento", max_length=120, blank=True)
    campo = models.CharField("campo", max_length=120, blank=True)
    defecto = models.CharField("defecto", max_length=200, blank=True)
    archivos = models.ManyToManyField(Documento, related_name="+", blank=True)
    # The files of the renglón that counted when it was given: it says nothing of what came later.
    vistos = models.ManyToManyField(Documento, related_name="+", blank=True)
    pagina = models.PositiveIntegerField("página", null=True)
    justificacion = models.TextField("justificación", blank=True)
    juzgado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    juzgado_en = models.DateTimeField()

    class Meta:
        verbose_name = "veredicto"
        constraints = [
            models.UniqueConstraint(
                fields=["gestion", "ronda", "renglon"], name="tramites_veredicto_renglon_unico"
            ),
            models.UniqueConstraint(
                fields=["gestion", "ronda", "paso"],
                condition=~Q(paso=""),
                name="tramites_veredicto_paso_unico",
            ),
            models.CheckConstraint(
                condition=Q(renglon__isnull=False, paso="") | (Q(renglon__isnull=True) & ~Q(paso="")),
                name="tramites_veredicto_de_renglon_o_de_paso",
            ),
            models.CheckConstraint(
                condition=~Q(resultado=Resultado.OBSERVADO) | ~Q(texto=""), name="tramites_veredicto_con_caso"
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_resultado_display()}: {self.renglon or self.paso} de la Gestión No. {self.gestion_id}"
        )

    def cubre(self, documentos: Iterable[Documento]) -> bool:
        """Whether it was given with every one of those files of its renglón in sight; a step's always was."""
        return all(d.pk in self.claves_vistas for d in documentos if d.renglon == self.renglon)

    @cached_property
    def claves_vistas(self) -> frozenset[UUID]:
        """Keys of the files that it saw; whoever reads many gives it to them (consultas/expediente.py)."""
        return frozenset(d.pk for d in self.vistos.all())

    @cached_property
    def claves_nombradas(self) -> frozenset[UUID]:
        """Keys of the files that it speaks of, likewise."""
        return frozenset(d.pk for d in self.archivos.all())


class Nota(models.Model):
    """An internal note; its owner never sees it (F6).

    `ficha` makes one POST repeated one note (S13); what an act leaves noted has none.
    """

    gestion = models.ForeignKey(Gestion, on_delete=models.PROTECT, related_name="notas")
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    texto = models.TextField()
    escrita_en = models.DateTimeField()
    ficha = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        verbose_name = "nota interna"
        ordering = ["-escrita_en"]

    def __str__(self) -> str:
        return f"Nota de la Gestión No. {self.gestion_id}"


class DatosInternos(models.Model):
    """What the analyst leaves on record, which the owner never sees (F6).

    `datos` are those of its procedure (`Tramite.internos`), by the name of their field.
    """

    class Solvencia(models.TextChoices):
        PENDIENTE = "pendiente", "Pendiente"
        RECIBIDA = "recibida", "Recibida"

    gestion = models.OneToOneField(Gestion, on_delete=models.PROTECT, related_name="internos")
    datos = models.JSONField("datos de su trámite", default=dict, db_default={})
    solvencia = models.CharField(
        "solvencia", max_length=9, choices=Solvencia.choices, default=Solvencia.PENDIENTE
    )
    providencia = models.CharField("providencia número", max_length=60, blank=True)
    providencia_el = models.DateField("fecha de la providencia", null=True, blank=True)
    posible_alteracion = models.BooleanField("posible alteración (reservado)", default=False)

    class Meta:
        verbose_name = "datos internos"
        verbose_name_plural = "datos internos"
        indexes = [
            models.Index(
                fields=["gestion"], condition=Q(posible_alteracion=True), name="tramites_internos_reservados"
            )
        ]

    def __str__(self) -> str:
        return f"Datos internos de la Gestión No. {self.gestion_id}"
