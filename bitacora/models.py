"""The log: every act, append-only, and the chain of seals over it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone

# Sent inside the writer's transaction with `eventos=[Evento, …]`; subscribers only insert rows.
evento_registrado = Signal()


Fila = TypeVar("Fila", bound=models.Model)


class SoloAgregar(models.QuerySet[Fila]):
    """Rows that are written once; the triggers of migration 0002 stand under this."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{self.model.__name__} no se modifica.")

    def delete(self) -> NoReturn:
        raise TypeError(f"{self.model.__name__} no se borra.")


class FilaInmutable(models.Model):
    """A row that is inserted and never touched again; anything else raises TypeError."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} no se modifica.")
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} no se borra.")


class EventoQuerySet(SoloAgregar["Evento"]):
    """The only way to write in the log."""

    def registrar(
        self,
        tipo: str,
        *,
        ahora: datetime,
        actor: Any = None,
        gestion: int | None = None,
        datos: dict[str, Any] | None = None,
    ) -> "Evento":
        """Write an act and tell the subscribers, in the caller's transaction.

        `actor` is None for the system. `datos` never holds personal text (arquitectura.md); it takes what
        `Evento.calcular_resumen` takes. `ahora` carries its time zone.
        """
        evento = self.create(
            tipo=tipo,
            ocurrido_en=ahora,
            actor=actor,
            papel=(actor.papel or actor.tipo) if actor else "sistema",
            gestion=gestion,
            datos=datos or {},
        )
        evento_registrado.send(sender=Evento, eventos=[evento])
        return evento

    def registrar_lote(
        self, tipo: str, *, ahora: datetime, datos: Mapping[int, dict[str, Any]]
    ) -> list["Evento"]:
        """The same act of the system on many Gestiones (number → `datos`), told to the subscribers at once.

        The rows are those that `registrar` would write one by one.
        """
        eventos = [
            Evento(tipo=tipo, ocurrido_en=ahora, papel="sistema", gestion=gestion, datos=suyos)
            for gestion, suyos in datos.items()
        ]
        for evento in eventos:
            evento.resumen = evento.calcular_resumen()
        self.bulk_create(eventos)
        if eventos:
            evento_registrado.send(sender=Evento, eventos=eventos)
        return eventos


class Evento(FilaInmutable):
    """One act: who did what, when, on which Gestión. Never changed, never deleted."""

    tipo = models.CharField("tipo", max_length=40, db_index=True)
    ocurrido_en = models.DateTimeField("ocurrido en")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="actor", null=True, on_delete=models.PROTECT, related_name="+"
    )
    papel = models.CharField("papel", max_length=14)
    gestion = models.BigIntegerField("Gestión No.", null=True)
    datos = models.JSONField("datos", default=dict)
    resumen = models.CharField("resumen SHA-256", max_length=64, editable=False)

    objects = EventoQuerySet.as_manager()

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "eventos"
        indexes = [models.Index(fields=["gestion", "id"], name="bitacora_evento_gestion")]

    def __str__(self) -> str:
        return f"{self.tipo} · {timezone.localtime(self.ocurrido_en):%d-%m-%Y %H:%M:%S}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.resumen = self.calcular_resumen()
        super().save(*args, **kwargs)

    def calcular_resumen(self) -> str:
        """SHA-256 (hex) of the canonical JSON of everything the row states.

        The same before writing and after reading on every database. So it raises TypeError when `datos`
        holds anything but text, integers, booleans, None, and lists and dictionaries (with text keys) of
        them: PostgreSQL's jsonb rewrites other numbers. ValueError when the time lacks its zone.
        """
        if timezone.is_naive(self.ocurrido_en):
            raise ValueError("ocurrido_en necesita zona horaria.")
        return resumir(self.tipo, self.ocurrido_en, self.actor_id, self.papel, self.gestion, self.datos)


def resumir(
    tipo: str,
    ocurrido_en: datetime,
    actor: int | None,
    papel: str,
    gestion: int | None,
    datos: dict[str, Any],
) -> str:
    """The digest of an event with these columns; `Evento.calcular_resumen` says what it raises."""
    _exigir_primitivos(datos)
    cuerpo = {
        "tipo": tipo,
        "ocurrido_en": ocurrido_en.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor,
        "papel": papel,
        "gestion": gestion,
        "datos": datos,
    }
    return hashlib.sha256(_canonico(cuerpo).encode()).hexdigest()


_canonico = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def _exigir_primitivos(valor: Any) -> None:
    match valor:
        case None | bool() | int() | str():
            pass
        case list() | tuple():
            for hijo in valor:
                _exigir_primitivos(hijo)
        case dict() if all(isinstance(clave, str) for clave in valor):
            _exigir_primitivos(list(valor.values()))
        case _:
            raise TypeError(
                f"La bitácora no guarda {type(valor).__name__}: solo texto, enteros, sí o no, y nulo."
            )


class PorSellar(models.Model):
    """An event that waits for its seal: a trigger writes it with each event, whoever inserts that.

    So sealing finds what is new without looking through what is sealed, and in whatever order it committed.
    """

    evento_id = models.BigIntegerField("evento", primary_key=True)

    class Meta:
        verbose_name = "evento por sellar"
        verbose_name_plural = "eventos por sellar"

    def __str__(self) -> str:
        return f"Evento {self.evento_id}"


class Sello(FilaInmutable):
    """A link of the chain: fixes one event and, through `anterior`, every one sealed before it."""

    GENESIS = "0" * 64

    n = models.PositiveBigIntegerField("sello número", primary_key=True)
    evento = models.OneToOneField(
        Evento, verbose_name="evento", on_delete=models.PROTECT, related_name="sello"
    )
    anterior = models.CharField("huella anterior", max_length=64)
    huella = models.CharField("huella SHA-256", max_length=64)

    objects = SoloAgregar.as_manager()

    class Meta:
        verbose_name = "sello"
        verbose_name_plural = "sellos"
        constraints = [models.CheckConstraint(condition=Q(n__gte=1), name="bitacora_sello_desde_uno")]

    def __str__(self) -> str:
        return f"Sello {self.n}"

    @staticmethod
    def encadenar(anterior: str, resumen: str) -> str:
        """SHA-256 (hex) of two hexadecimal texts, the link before and the event's digest, joined."""
        return hashlib.sha256((anterior + resumen).encode()).hexdigest()


class Anclaje(FilaInmutable):
    """That the day's anchor was left outside the database, and what it says: its loss is then noticed."""

    fecha = models.DateField("fecha", unique=True)
    n = models.PositiveBigIntegerField("sello número")
    huella = models.CharField("huella SHA-256", max_length=64)

    objects = SoloAgregar.as_manager()

    class Meta:
        verbose_name = "anclaje"
        verbose_name_plural = "anclajes"

    def __str__(self) -> str:
        return f"Ancla del {self.fecha:%d-%m-%Y}"
