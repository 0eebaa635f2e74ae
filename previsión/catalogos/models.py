"""Rows that staff edit, each with the dates between which it holds."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex, Substr, Upper

from tramites import registro


class Lista(models.TextChoices):
    """The lists from which a person chooses, as administración knows them."""

    GENERO = "genero", "Género"
    PUEBLO = "pueblo", "Etnia"
    COMUNIDAD = "comunidad_linguistica", "Comunidad lingüística"
    ESTADO_CIVIL = "estado_civil", "Estado Civil"
    ESCOLARIDAD = "escolaridad", "Escolaridad"
    IDENTIFICACION = "tipo_identificacion", "Tipo de identificación"
    UBICACION = "ubicacion_geografica", "Ubicación geográfica"


class ListaDeRevision(models.TextChoices):
    """The lists with which the desk words a previo (F4)."""

    MOTIVO = "motivo_previo", "Motivo de envío a PREVIO"
    DOCUMENTO = "caso_documento", "Caso de Previo: Documento"
    CAMPO = "caso_campo", "Caso de Previo: Campo"
    DEFECTO = "caso_defecto", "Caso de Previo: Defecto"


class OpcionQuerySet(models.QuerySet["Opcion"]):
    """How the rows of the lists are read."""

    def con_termino(self) -> list["Opcion"]:
        """Each with the last day that it is offered, in `termina`: its own, or before its next name."""
        filas: list[Opcion] = sorted(self, key=lambda o: (o.catalogo, o.codigo, o.vigente_desde))
        for fila, siguiente in zip(filas, [*filas[1:], None], strict=True):
            fila.termina = fila.vigente_hasta
            if siguiente and (siguiente.catalogo, siguiente.codigo) == (fila.catalogo, fila.codigo):
                vispera = siguiente.vigente_desde - timedelta(days=1)
                fila.termina = min(fila.termina or vispera, vispera)
        return filas


class Opcion(models.Model):
    """One option of a list. What a Gestión froze keeps its own words, whatever happens to this row.

    To rename an option from a day on, add a row with the same code and a later `vigente_desde`: of the
    rows already begun, the last one speaks for its code. To withdraw it, set `vigente_hasta`, its last day.
    """

    catalogo = models.CharField("catálogo", max_length=40)
    codigo = models.CharField("código", max_length=10)
    nombre = models.CharField("nombre", max_length=120)
    orden = models.PositiveSmallIntegerField("orden")
    vigente_desde = models.DateField("vigente desde")
    vigente_hasta = models.DateField("vigente hasta", null=True, blank=True)

    termina: date | None  # of `con_termino`

    objects = OpcionQuerySet.as_manager()

    class Meta:
        app_label = "prevision"
        verbose_name = "opción de lista"
        verbose_name_plural = "opciones de las listas"
        ordering = ["catalogo", "orden", "codigo"]
        constraints = [
            models.UniqueConstraint(
                fields=["catalogo", "codigo", "vigente_desde"], name="prevision_opcion_unica"
            ),
            # A part of a case says in its code, before the point, where it is offered.
            models.UniqueConstraint(
                "catalogo",
                Substr("codigo", 1, StrIndex("codigo", Value("."))),
                Upper("nombre"),
                "vigente_desde",
                name="prevision_opcion_nombre_unico",
                violation_error_message="Ya está en la lista. Escriba otro nombre.",
            ),
            models.CheckConstraint(
                condition=Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=F("vigente_desde")),
                name="prevision_opcion_vigencia_coherente",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre


class Razon(Opcion):
    """The same rows as the desk uses them: motives and parts of a Caso de Previo."""

    class Meta:
        app_label = "prevision"
        proxy = True
        verbose_name = "razón de previo"
        verbose_name_plural = "razones de previo"


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
        return f"{self.donde}, versión {self.version}"

    @property
    def donde(self) -> str:
        """The place where it is read, in words."""
        editables = (texto for tramite in registro.todos() for texto in tramite.textos_editables)
        return next((texto.donde for texto in editables if texto.clave == self.clave), self.clave)
