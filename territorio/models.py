"""The places of Guatemala: 22 departments and their municipalities, which staff can complete."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q


class Departamento(models.Model):
    """A department; its code is the first half of the code of its municipalities."""

    codigo = models.CharField(
        "código",
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"\A[0-9]{2}\Z", "Escriba 2 números.")],
    )
    nombre = models.CharField("nombre", max_length=60, unique=True)

    class Meta:
        verbose_name = "departamento"
        verbose_name_plural = "departamentos"
        ordering = ["codigo"]

    def __str__(self) -> str:
        return self.nombre


class Municipio(models.Model):
    """A municipality. One out of force leaves the lists, but the CUIs that carry its code stay valid."""

    codigo = models.CharField(
        "código",
        max_length=4,
        primary_key=True,
        help_text="Los últimos cuatro números del CUI: departamento y municipio.",
        validators=[RegexValidator(r"\A[0-9]{4}\Z", "Escriba 4 números.")],
    )
    departamento = models.ForeignKey(
        Departamento, verbose_name="departamento", on_delete=models.PROTECT, related_name="municipios"
    )
    nombre = models.CharField("nombre", max_length=60)
    vigente = models.BooleanField("vigente", default=True)

    class Meta:
        verbose_name = "municipio"
        verbose_name_plural = "municipios"
        ordering = ["codigo"]
        constraints = [
            models.CheckConstraint(
                condition=Q(codigo__startswith=F("departamento")),
                name="territorio_municipio_en_su_departamento",
                violation_error_message="El código debe empezar con el de su departamento.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nombre}, {self.departamento}"
