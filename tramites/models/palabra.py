"""The words of the names that Gestiones bear: where a word mistyped finds those that it resembles."""

from django.db import models

from escritura.indices import trigramas

from .gestion import LARGO_NOMBRE


class Palabra(models.Model):
    """A word that some name has had. PostgreSQL writes it with the name, by a trigger; SQLite has none."""

    texto = models.CharField("palabra", max_length=LARGO_NOMBRE, primary_key=True)

    class Meta:
        verbose_name = "palabra de un nombre"
        verbose_name_plural = "palabras de los nombres"
        indexes = [trigramas("texto", name="tramites_palabra_parecida")]

    def __str__(self) -> str:
        return self.texto
