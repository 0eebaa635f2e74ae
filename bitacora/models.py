"""The log: every act, append-only, and the chain of seals over it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NoReturn, TypeVar

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone

from bitacora.conjunto import arreglo

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
        iguales: dict[str, list[int]] = defaultdict(list)
        for gestion, suyos in datos.items():
            iguales[repr(suyos)].append(gestion)
        moldes = [
            (Evento(tipo=tipo, ocurrido_en=ahora, papel="sistema", datos=datos[gestiones[0]]), gestiones)
            for gestiones in iguales.values()
        ]
        if not moldes:
            return []
        eventos = self._insertar(moldes)
        evento_registrado.send(sender=Evento, eventos=eventos)
        return eventos

    def _insertar(self, moldes: "list[tuple[Evento, list[int]]]") -> list["Evento"]:
        """Insert a copy of each model event for each of its Gestiones.

        PostgreSQL receives the common columns once, and arrays of those that differ.
        """
        filas = [
            (gestion, resumen, cual)
            for cual, (molde, gestiones) in enumerate(moldes)
            for gestion, resumen in zip(gestiones, molde.resumenes(gestiones), strict=True)
        ]
        comun = {
            campo: getattr(moldes[0][0], campo) for campo in ("tipo", "ocurrido_en", "actor_id", "papel")
        }
        if connection.vendor == "postgresql":
            return self._de_una_vez(comun, [molde.datos for molde, _ in moldes], filas)
        return self.bulk_create(
            Evento(**comun, datos=moldes[cual][0].datos, gestion=gestion, resumen=resumen)
            for gestion, resumen, cual in filas
        )

    def _de_una_vez(
        self, comun: dict[str, Any], datos: list[dict[str, Any]], filas: list[tuple[int, str, int]]
    ) -> list["Evento"]:
        gestiones, resumenes, cuales = map(arreglo, zip(*filas, strict=True))
        columnas = {"gestiones": gestiones, "resumenes": resumenes, "cuales": cuales}
        with connection.cursor() as cursor:
            cursor.execute(INSERTAR, comun | columnas | {"datos": list(map(json.dumps, datos))})
            return [
                Evento.from_db(self.db, COLUMNAS, (pk, *comun.values(), gestion, datos[cual], resumen))
                for (pk,), (gestion, resumen, cual) in zip(cursor, filas, strict=True)
            ]


# In the order of the model, as `from_db` is quickest.
COLUMNAS = ("id", "tipo", "ocurrido_en", "actor_id", "papel", "gestion", "datos", "resumen")
INSERTAR = """
INSERT INTO bitacora_evento (tipo, ocurrido_en, actor_id, papel, gestion, datos, resumen)
SELECT %(tipo)s, %(ocurrido_en)s, %(actor_id)s, %(papel)s, gestion, (CAST(%(datos)s AS jsonb[]))[cual + 1],
    resumen
FROM unnest(CAST(%(gestiones)s AS bigint[]), CAST(%(resumenes)s AS text[]), CAST(%(cuales)s AS int[]))
    AS fila (gestion, resumen, cual)
RETURNING id
"""


class Evento(FilaInmutable):
    """One act: who did what, when, on which Gestión. Never changed, never deleted."""

    tipo = models.CharField("tipo", max_length=40)
    ocurrido_en = models.DateTimeField("ocurrido en")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="actor",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # one of those below begins with it
    )
    papel = models.CharField("papel", max_length=14)
    gestion = models.BigIntegerField("Gestión No.", null=True)
    datos = models.JSONField("datos", default=dict)
    resumen = models.CharField("resumen SHA-256", max_length=64, editable=False)

    objects = EventoQuerySet.as_manager()

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "eventos"
        indexes = [
            models.Index(fields=["gestion", "id"], name="bitacora_evento_gestion"),
            # Whatever is asked of the log is walked by its days (mesa/consultas/bitacora.py).
            models.Index(fields=["ocurrido_en", "id"], name="bitacora_evento_por_dia"),
            models.Index(fields=["tipo", "ocurrido_en", "id"], name="bitacora_evento_de_tipo"),
            models.Index(fields=["actor", "ocurrido_en", "id"], name="bitacora_evento_de_alguien"),
        ]

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
        return resumir(self.tipo, self.ocurrido_en, self.actor_id, self.papel, self.gestion, self.datos)

    def resumenes(self, gestiones: list[int]) -> list[str]:
        """What `calcular_resumen` would give were it of each of those Gestiones; it raises the same."""
        columnas = (self.tipo, self.ocurrido_en, self.actor_id, self.papel)
        antes, despues = _en_torno(*columnas, _primitivos(self.datos))
        return [_huella(f"{antes}{gestion}{despues}") for gestion in gestiones]


def resumir(
    tipo: str,
    ocurrido_en: datetime,
    actor: int | None,
    papel: str,
    gestion: int | None,
    datos: dict[str, Any],
) -> str:
    """The digest of an event with these columns; `Evento.calcular_resumen` says what it raises."""
    return _huella(_cuerpo(tipo, ocurrido_en, actor, papel, gestion, _primitivos(datos)))


def resumir_leido(
    tipo: str, ocurrido_en: datetime, actor: int | None, papel: str, gestion: int | None, datos: str
) -> str:
    """`resumir` of a row as the database keeps it, with `datos` in its JSON; ValueError if that is none."""
    return _huella(_cuerpo(tipo, ocurrido_en, actor, papel, gestion, _primitivos_leidos(datos)))


def _cuerpo(
    tipo: str, ocurrido_en: datetime, actor: int | None, papel: str, gestion: int | None, datos: str
) -> str:
    """The canonical JSON of an object with those six keys, in their order; `datos` is already canonical."""
    antes, despues = _en_torno(tipo, ocurrido_en, actor, papel, datos)
    return f"{antes}{'null' if gestion is None else gestion}{despues}"


def _en_torno(tipo: str, ocurrido_en: datetime, actor: int | None, papel: str, datos: str) -> tuple[str, str]:
    """What goes before the Gestión's number and after it."""
    if timezone.is_naive(ocurrido_en):
        raise ValueError("ocurrido_en necesita zona horaria.")
    momento = ocurrido_en.astimezone(UTC).isoformat(timespec="microseconds")
    return (
        f'{{"actor":{_nombre(actor)},"datos":{datos},"gestion":',
        f',"ocurrido_en":"{momento}","papel":{_nombre(papel)},"tipo":{_nombre(tipo)}}}',
    )


def _huella(texto: str) -> str:
    return hashlib.sha256(texto.encode()).hexdigest()


_canonico = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
# The same few kinds, roles and keys repeat in millions of rows: their JSON is cached.
_nombre = lru_cache(maxsize=4096)(_canonico)


def _primitivos(datos: dict[str, Any]) -> str:
    _exigir_primitivos(datos)
    return _canonico(datos)


@lru_cache(maxsize=4096)
def _primitivos_leidos(datos: str) -> str:
    return _primitivos(json.loads(datos))


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
        return _huella(anterior + resumen)


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
