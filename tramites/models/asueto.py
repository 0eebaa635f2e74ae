"""The days that the office rests beyond the holidays of the law."""

from functools import cache

from django.db import models

from escritura.preparadas import Preparada
from tramites.habiles import Calendario


class AsuetoExtraManager(models.Manager["AsuetoExtra"]):
    """Reads of the days off."""

    def calendario(self) -> Calendario:
        """The office's business days, as staff keep them now; one query."""
        return Calendario(frozenset(fecha for (fecha,) in _preparar_fechas().con()))


class AsuetoExtra(models.Model):
    """A working day on which ONSEC does not work: a local feast, a closing by decree (matriz.md §5)."""

    fecha = models.DateField("fecha", unique=True)
    motivo = models.CharField("motivo", max_length=120)

    objects = AsuetoExtraManager()

    class Meta:
        verbose_name = "asueto extraordinario"
        verbose_name_plural = "asuetos extraordinarios"
        ordering = ["-fecha"]

    def __str__(self) -> str:
        return f"{self.fecha:%d-%m-%Y}, {self.motivo}"


@cache
def _preparar_fechas() -> Preparada:
    return Preparada(AsuetoExtra.objects.order_by().values_list("fecha"))
