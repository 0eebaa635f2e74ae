"""How the office does: by state, by week, by age (F1). Counts only, nobody's name but the staff's."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median, quantiles

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from cuentas.models import Usuario
from escritura.expresiones import ClaveOrden

from ..models import AsuetoExtra, Envio, Estado, Gestion, Previo, Resultado, Veredicto
from .bandeja import POR_VENCER, VENCIDA, enviadas

SEMANA = timedelta(days=7)
CAUSAS = 8


@dataclass(frozen=True)
class Semana:
    """What came in, each sending and re-sending, and what was decided from that Monday on."""

    lunes: date
    recibidas: int
    decididas: int


@dataclass(frozen=True)
class Barra:
    """A bar: its words, its count and how many of `ANCHO` units it takes."""

    rotulo: str
    n: int
    de: int

    ANCHO = 1000

    @property
    def ancho(self) -> int:
        return round(self.ANCHO * self.n / self.de) if self.de else 0


@dataclass(frozen=True, kw_only=True)
class Cifras:
    """Everything that the page shows of a period; waits in days, None when nothing was decided."""

    mediana: float | None
    p90: float | None
    con_previo: int | None
    estados: list[Barra]
    semanas: list[Semana]
    edades: list[Barra]
    defectos: list[Barra]
    cargas: list[tuple[str, int, int]]

    @property
    def recibidas(self) -> int:
        """What came in to be decided, in every round."""
        return sum(s.recibidas for s in self.semanas)

    @property
    def mayor(self) -> int:
        """The highest weekly count, for the bars' scale."""
        return max((max(s.recibidas, s.decididas) for s in self.semanas), default=0)


def cifras(desde: date, hasta: date, hoy: date) -> Cifras:
    """The figures of a period; a fixed number of queries."""
    envios = Envio.objects.filter(enviado_en__range=_limites(desde, hasta))
    llegadas = list(envios.values_list("enviado_en", flat=True))
    previos = _decididas(Previo.objects.filter(emitido_en__range=_limites(desde, hasta)))
    admitidas = _admitidas(desde, hasta)
    esperas = sorted((fin - inicio).total_seconds() / 86_400 for fin, inicio in (*previos, *admitidas))
    return Cifras(
        mediana=median(esperas) if esperas else None,
        p90=quantiles(esperas, n=10)[-1] if len(esperas) > 1 else (esperas[0] if esperas else None),
        con_previo=round(100 * len(previos) / len(esperas)) if esperas else None,
        estados=_por_estado(),
        semanas=_semanas(desde, hasta, llegadas, [fin for fin, _ in (*previos, *admitidas)]),
        edades=_edades(hoy),
        defectos=_defectos(desde, hasta),
        cargas=_cargas(),
    )


def _decididas(previos: QuerySet[Previo]) -> list[tuple[datetime, datetime]]:
    """(decided, sent) of each round that ended in a previo."""
    del_envio = previos.filter(gestion__envios__ronda=F("ronda"))
    return list(del_envio.values_list("emitido_en", "gestion__envios__enviado_en"))


def _admitidas(desde: date, hasta: date) -> list[tuple[datetime, datetime]]:
    """(admitted, sent last) of what was admitted."""
    filas = Gestion.objects.filter(admitida_en__range=_limites(desde, hasta))
    pares = filas.order_by("envios__ronda").values_list("numero", "admitida_en", "envios__enviado_en")
    return [(fin, inicio) for fin, inicio in {n: (f, i) for n, f, i in pares}.values() if fin]


def _por_estado() -> list[Barra]:
    conteo = dict(enviadas().order_by().values_list("estado").annotate(n=Count("numero")))
    mayor = max(conteo.values(), default=0)
    return [Barra(str(e.label), conteo.get(e.value, 0), mayor) for e in Estado if e is not Estado.CREACION]


def _semanas(desde: date, hasta: date, llegadas: list[datetime], fines: list[datetime]) -> list[Semana]:
    recibidas, decididas = (Counter(map(_lunes, momentos)) for momentos in (llegadas, fines))
    lunes, semanas = desde - timedelta(days=desde.weekday()), []
    while lunes <= hasta:
        semanas.append(Semana(lunes, recibidas[lunes], decididas[lunes]))
        lunes += SEMANA
    return semanas


def _lunes(momento: datetime) -> date:
    dia = timezone.localdate(momento)
    return dia - timedelta(days=dia.weekday())


def _edades(hoy: date) -> list[Barra]:
    """What waits for the office, by business days in the queue."""
    cortes = (0, 5, POR_VENCER, VENCIDA)
    calendario = AsuetoExtra.objects.calendario()
    hasta = {c: _limites(hoy, calendario.hace(c, hoy))[1] for c in cortes}
    esperan = Gestion.objects.filter(estado=Estado.RECIBIDA, en_cola_desde__isnull=False)
    sumas = esperan.aggregate(
        **{f"c{c}": Count("numero", filter=Q(en_cola_desde__lte=hasta[c]) if c else Q()) for c in cortes}
    )
    siguientes = (*cortes[1:], None)
    conteos = [sumas[f"c{c}"] - (sumas[f"c{s}"] if s else 0) for c, s in zip(cortes, siguientes, strict=True)]
    rotulos = [f"{c} a {s - 1}" if s else f"{c} o más" for c, s in zip(cortes, siguientes, strict=True)]
    return [Barra(r, n, max(conteos)) for r, n in zip(rotulos, conteos, strict=True)]


def _defectos(desde: date, hasta: date) -> list[Barra]:
    """The defects for which most was returned, as the catalogue calls them."""
    emitidos = Veredicto.objects.filter(
        resultado=Resultado.OBSERVADO,
        gestion__previos__ronda=F("ronda"),
        gestion__previos__emitido_en__range=_limites(desde, hasta),
    ).exclude(defecto="")
    filas = list(
        emitidos.values_list("defecto").annotate(n=Count("pk")).order_by("-n", ClaveOrden("defecto"))[:CAUSAS]
    )
    return [Barra(defecto, n, filas[0][1]) for defecto, n in filas]


def _cargas() -> list[tuple[str, int, int]]:
    """Each reviewer with what they hold to review and what waits for its owner."""
    personas = Usuario.objects.filter(asignadas__estado__in=(Estado.RECIBIDA, Estado.OBSERVADA)).annotate(
        por_revisar=Count("asignadas", filter=Q(asignadas__estado=Estado.RECIBIDA)),
        devueltas=Count("asignadas", filter=Q(asignadas__estado=Estado.OBSERVADA)),
    )
    return [
        (str(p), p.por_revisar, p.devueltas) for p in personas.order_by(ClaveOrden("primer_nombre"), "pk")
    ]


def _limites(desde: date, hasta: date) -> tuple[datetime, datetime]:
    """The first and the last instant of those days in Guatemala."""
    zona = timezone.get_current_timezone()
    return datetime.combine(desde, time.min, tzinfo=zona), datetime.combine(hasta, time.max, tzinfo=zona)
