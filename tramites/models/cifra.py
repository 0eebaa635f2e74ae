"""What each closed day added up to: the statistics ask these sums, not the rows (F1)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from escritura.expresiones import DiasEnteros

from .envio import Envio
from .gestion import Gestion
from .previo import Previo
from .revision import Resultado

DIA = timedelta(days=1)


class Concepto(models.TextChoices):
    """What is counted, and what tells its rows apart (`Cifra.clave`)."""

    INGRESO = "ingreso", "Enviada por primera vez"
    ENVIO = "envio", "Recibida para decidir, en cualquier ronda"
    PREVIO = "previo", "Devuelta con previo"  # by the days it had waited
    ADMISION = "admision", "Admitida"  # likewise
    DEFECTO = "defecto", "Defecto observado"  # by its name


class Grano(models.TextChoices):
    """How much time a sum covers."""

    DIA = "dia", "Día"
    SEMANA = "semana", "Semana, desde el lunes"
    SIEMPRE = "siempre", "Desde el principio"


# Of each day, of each thing, how many.
Cuentas = Counter[tuple[date, str, str]]


class CifraManager(models.Manager["Cifra"]):
    """Reads of the sums, and of the rows that they add up."""

    def contar(self, desde: date | None, hasta: date) -> Cuentas:
        """Each day's sums from the rows themselves, `desde` (None: the first day) to `hasta`."""
        cuentas: Cuentas = Counter()
        for concepto, cuando, clave, hechos in _hechos(desde, hasta):
            por_dia = hechos.order_by().values_list(TruncDate(cuando), clave).annotate(cuantas=Count("*"))
            for dia, cual, n in por_dia:
                if concepto != Concepto.ENVIO:
                    cuentas[dia, concepto, str(cual)] += n
                else:  # told apart by its round, and kept without it
                    cuentas[dia, Concepto.ENVIO, ""] += n
                    if cual == 1:
                        cuentas[dia, Concepto.INGRESO, ""] += n
        return cuentas

    def por_dia(self, desde: date, hasta: date) -> Iterable[tuple[date, str, int]]:
        """What is kept of those days, of each thing; a whole week comes as one, on its Monday."""
        return self._de(desde, hasta).values_list("desde", "concepto").annotate(Sum("n")).order_by()

    def por_clave(self, desde: date, hasta: date) -> Iterable[tuple[str, str, int]]:
        """What is kept of those days together, by what tells each thing apart."""
        return self._de(desde, hasta).values_list("concepto", "clave").annotate(Sum("n")).order_by()

    def _de(self, desde: date, hasta: date) -> QuerySet["Cifra"]:
        """The rows that cover those days once: the fewest."""
        lunes = desde + timedelta(days=-desde.weekday() % 7)
        domingo = hasta - timedelta(days=(hasta.weekday() + 1) % 7)
        cuales = Q(grano=Grano.DIA, desde__range=(desde, hasta))
        if lunes < domingo:
            semanas = Q(grano=Grano.SEMANA, desde__range=(lunes, domingo))
            cuales = semanas | cuales & (Q(desde__lt=lunes) | Q(desde__gt=domingo))
        return self.filter(cuales)

    def desde_el_principio(self) -> tuple[date | None, dict[str, int]]:
        """The last closed day, None when none was, and what there was until then, by `Concepto`."""
        filas = list(self.filter(grano=Grano.SIEMPRE).values_list("desde", "concepto", "n"))
        return (filas[0][0] if filas else None), {concepto: n for _, concepto, n in filas}


class Cifra(models.Model):
    """How many there were; `acciones/cerrar_dias.py` alone writes it, and what it adds up no longer moves.

    The rows of `Grano.SIEMPRE` stand at the last closed day: whatever came later is counted from the rows.
    """

    grano = models.CharField(max_length=7, choices=Grano.choices)
    desde = models.DateField()
    concepto = models.CharField(max_length=8, choices=Concepto.choices)
    clave = models.CharField(max_length=200, blank=True)
    n = models.PositiveIntegerField()

    objects = CifraManager()

    class Meta:
        verbose_name = "cifra"
        constraints = [
            models.UniqueConstraint(
                fields=["grano", "desde", "concepto", "clave"], name="tramites_cifra_una"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_concepto_display()}, {self.get_grano_display()} {self.desde}: {self.n}"


Hechos = tuple[Concepto, str, Any, QuerySet[Any, Any]]


def _hechos(desde: date | None, hasta: date) -> Iterator[Hechos]:
    """What is counted: of each thing, when it was, what tells it apart, and its rows."""

    def en(campo: str) -> dict[str, Any]:
        zona = timezone.get_current_timezone()
        fin = {f"{campo}__lt": datetime.combine(hasta + DIA, time.min, tzinfo=zona)}
        return fin | ({f"{campo}__gte": datetime.combine(desde, time.min, tzinfo=zona)} if desde else {})

    envios, previos = Envio.objects.filter(**en("enviado_en")), Previo.objects.filter(**en("emitido_en"))
    yield Concepto.ENVIO, "enviado_en", F("ronda"), envios
    espera = DiasEnteros("emitido_en", "gestion__envios__enviado_en")
    yield Concepto.PREVIO, "emitido_en", espera, previos.filter(gestion__envios__ronda=F("ronda"))
    ultimo = Envio.objects.filter(gestion=OuterRef("pk")).order_by("-ronda").values("enviado_en")[:1]
    admitidas = Gestion.objects.filter(**en("admitida_en"), envios__ronda=1)
    yield Concepto.ADMISION, "admitida_en", DiasEnteros("admitida_en", Subquery(ultimo)), admitidas
    observados = previos.filter(
        gestion__veredictos__ronda=F("ronda"),
        gestion__veredictos__resultado=Resultado.OBSERVADO,
        gestion__veredictos__defecto__gt="",
    )
    yield Concepto.DEFECTO, "emitido_en", F("gestion__veredictos__defecto"), observados
