"""What each closed day added up to: the statistics ask these sums, not the rows (F1)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from escritura.expresiones import DiasEnteros
from escritura.preparadas import Parametro, Preparada

from .envio import Envio
from .gestion import Gestion
from .previo import Previo
from .revision import Resultado

DIA = timedelta(days=1)


class Concepto(models.TextChoices):
    """What is counted. The comments say what `Cifra.clave` holds, if anything."""

    INGRESO = "ingreso", "Enviada por primera vez"
    ENVIO = "envio", "Recibida para decidir, en cualquier ronda"
    PREVIO = "previo", "Devuelta con previo"  # `clave`: days waited
    ADMISION = "admision", "Admitida"  # `clave`: days waited
    DEFECTO = "defecto", "Defecto observado"  # `clave`: its name


class Grano(models.TextChoices):
    """How much time a sum covers."""

    DIA = "dia", "Día"
    SEMANA = "semana", "Semana, desde el lunes"
    SIEMPRE = "siempre", "Desde el principio"


# How many, by (day, procedure, `Concepto`, `clave`).
Cuentas = Counter[tuple[date, str, str, str]]


class CifraManager(models.Manager["Cifra"]):
    """Reads of the sums, and of the rows that they add up."""

    def contar(self, desde: date | None, hasta: date) -> Cuentas:
        """Count from the rows themselves, day by day, from `desde` (None: the first day) to `hasta`."""
        cuentas: Cuentas = Counter()
        valores = {"desde": _principio(desde) if desde else None, "hasta": _principio(hasta + DIA)}
        for concepto, por_dia in _preparar_hechos(con_principio=desde is not None):
            for dia, tramite, cual, n in por_dia.con(**valores):
                if concepto != Concepto.ENVIO:
                    cuentas[dia, tramite, concepto, str(cual)] += n
                else:  # here `clave` is the round, which is not kept: round 1 is an INGRESO too
                    cuentas[dia, tramite, Concepto.ENVIO, ""] += n
                    if cual == 1:
                        cuentas[dia, tramite, Concepto.INGRESO, ""] += n
        return cuentas

    def por_dia(self, desde: date, hasta: date, tramite: str = "") -> Iterable[tuple[date, str, int]]:
        """(day, concept, sum) of those days; a whole week comes as one row, on its Monday.

        `tramite` is the key of a procedure, whose sums alone they are; empty, all together.
        """
        return self._sumas(("desde", "concepto"), desde, hasta, tramite)

    def por_clave(self, desde: date, hasta: date, tramite: str = "") -> Iterable[tuple[str, str, int]]:
        """(concept, `clave`, sum) of all those days together, likewise."""
        return self._sumas(("concepto", "clave"), desde, hasta, tramite)

    def por_tramite(self, desde: date, hasta: date) -> Iterable[tuple[str, str, int]]:
        """(procedure, concept, sum) of all those days together."""
        return self._sumas(("tramite", "concepto"), desde, hasta)

    def _sumas(self, por: tuple[str, str], desde: date, hasta: date, tramite: str = "") -> list[Any]:
        """The sums of the fewest rows that cover those days once: whole weeks, and days at both ends."""
        lunes = desde + timedelta(days=-desde.weekday() % 7)
        domingo = hasta - timedelta(days=(hasta.weekday() + 1) % 7)
        sumas = _preparar_sumas(por, con_semanas=lunes < domingo, con_tramite=bool(tramite))
        return sumas.con(desde=desde, hasta=hasta, lunes=lunes, domingo=domingo, tramite=tramite)

    def desde_el_principio(self, tramite: str = "") -> tuple[date | None, Counter[str]]:
        """The last closed day (None if there is none) and the totals until then, by `Concepto`, likewise."""
        filas, totales = _preparar_siempre().con(), Counter[str]()
        for _, suyo, concepto, n in filas:
            if tramite in ("", suyo):
                totales[concepto] += n
        return (filas[0][0] if filas else None), totales


class Cifra(models.Model):
    """A sum of closed days; only `acciones/cerrar_dias.py` writes it, over facts that no longer change.

    The rows of `Grano.SIEMPRE` have the last closed day as `desde`; later days are counted from the rows.
    """

    grano = models.CharField(max_length=7, choices=Grano.choices)
    desde = models.DateField()
    # Empty in the totals that say until when there are any.
    tramite = models.CharField(max_length=30, blank=True, db_default="")
    concepto = models.CharField(max_length=8, choices=Concepto.choices)
    clave = models.CharField(max_length=200, blank=True)
    n = models.PositiveIntegerField()

    objects = CifraManager()

    class Meta:
        verbose_name = "cifra"
        constraints = [
            models.UniqueConstraint(
                fields=["grano", "desde", "concepto", "clave", "tramite"], name="tramites_cifra_una"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_concepto_display()}, {self.get_grano_display()} {self.desde}: {self.n}"


@cache
def _preparar_siempre() -> Preparada:
    return Preparada(
        Cifra.objects.filter(grano=Grano.SIEMPRE).values_list("desde", "tramite", "concepto", "n")
    )


@cache
def _preparar_sumas(por: tuple[str, str], con_semanas: bool, con_tramite: bool) -> Preparada:
    dia = Cifra._meta.get_field("desde")
    desde, hasta, lunes, domingo = (Parametro(n, dia) for n in ("desde", "hasta", "lunes", "domingo"))
    cuales = Q(grano=Grano.DIA, desde__range=(desde, hasta))
    if con_semanas:
        semanas = Q(grano=Grano.SEMANA, desde__range=(lunes, domingo))
        cuales = semanas | cuales & (Q(desde__lt=lunes) | Q(desde__gt=domingo))
    if con_tramite:
        cuales &= Q(tramite=Parametro("tramite", Cifra._meta.get_field("tramite")))
    return Preparada(Cifra.objects.filter(cuales).values_list(*por).annotate(Sum("n")).order_by())


@cache
def _preparar_hechos(con_principio: bool) -> list[tuple[Concepto, Preparada]]:
    """Of each thing, how many in each day and of each kind."""
    return [
        (concepto, Preparada(hechos.order_by().values_list(TruncDate(cuando), *de).annotate(n=Count("*"))))
        for concepto, cuando, *de, hechos in _hechos(con_principio)
    ]


Hechos = tuple[Concepto, str, str, Any, QuerySet[Any, Any]]


def _hechos(con_principio: bool) -> Iterator[Hechos]:
    """(concept, columns of its moment and procedure, its `clave`, its rows) of each thing that is counted."""
    momento = Envio._meta.get_field("enviado_en")
    desde, hasta = Parametro("desde", momento), Parametro("hasta", momento)

    def en(campo: str) -> dict[str, Any]:
        return {f"{campo}__lt": hasta} | ({f"{campo}__gte": desde} if con_principio else {})

    envios, previos = Envio.objects.filter(**en("enviado_en")), Previo.objects.filter(**en("emitido_en"))
    yield Concepto.ENVIO, "enviado_en", "gestion__tramite", F("ronda"), envios
    espera = DiasEnteros("emitido_en", "gestion__envios__enviado_en")
    decididos = previos.filter(gestion__envios__ronda=F("ronda"))
    yield Concepto.PREVIO, "emitido_en", "gestion__tramite", espera, decididos
    ultimo = Envio.objects.filter(gestion=OuterRef("pk")).order_by("-ronda").values("enviado_en")[:1]
    admitidas = Gestion.objects.filter(**en("admitida_en"), envios__ronda=1)
    hasta_ella = DiasEnteros("admitida_en", Subquery(ultimo))
    yield Concepto.ADMISION, "admitida_en", "tramite", hasta_ella, admitidas
    observados = previos.filter(
        gestion__veredictos__ronda=F("ronda"),
        gestion__veredictos__resultado=Resultado.OBSERVADO,
        gestion__veredictos__defecto__gt="",
    )
    yield Concepto.DEFECTO, "emitido_en", "gestion__tramite", F("gestion__veredictos__defecto"), observados


def _principio(dia: date) -> datetime:
    return datetime.combine(dia, time.min, tzinfo=timezone.get_current_timezone())
