"""The states of a Gestión, and how a row whose state is protected is read again."""

from collections.abc import Iterable
from typing import Any

from django.db import models


class Estado(models.TextChoices):
    """The five states; the label is what the screen says (matriz.md §1)."""

    CREACION = "CREACION", "En Creación"
    RECIBIDA = "RECIBIDA", "Solicitud Recibida"
    OBSERVADA = "OBSERVADA", "Solicitud con observaciones"
    ADMITIDA = "ADMITIDA", "Expediente Admitido"
    ARCHIVADA = "ARCHIVADA", "Expediente Archivado"

    @property
    def distintivo(self) -> str:
        """The badge beside the label, which an observed one alone bears (C10)."""
        return "RECHAZADA" if self is Estado.OBSERVADA else ""


# What its owner may withdraw, and so where an archived one may return.
ARCHIVABLES = (Estado.CREACION, Estado.RECIBIDA, Estado.OBSERVADA)

# Where an analyst who has one may still act on it.
EN_MANO = (Estado.RECIBIDA, Estado.OBSERVADA)


class Causa(models.TextChoices):
    """Why a Gestión was archived."""

    PLAZO = "plazo", "Pasó el plazo"
    DESISTIMIENTO = "desistimiento", "Desistimiento"


class EstadoProtegido(models.Model):
    """Lets a row with a protected FSM field be read again.

    The field refuses to be set twice, and `refresh_from_db` sets it: the attribute is dropped
    first and put back if the reading fails, on this instance alone.
    """

    class Meta:
        abstract = True

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        if fields is None:
            # Without its attribute the field looks deferred and would not be read: the fields are named.
            fields = [f.attname for f in self._meta.concrete_fields if f.attname in self.__dict__]
            for leido in ("_prefetched_objects_cache", "_leidos", "_correccion", "vigente"):
                self.__dict__.pop(leido, None)
        if "estado" not in fields:
            return super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        previo = self.__dict__.pop("estado", None)
        try:
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        finally:
            if previo is not None:
                self.__dict__.setdefault("estado", previo)
