"""How the office does: by state, by week, by age (F1). Counts only, nobody's name but the staff's."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from cuentas.models import NOMBRES, Usuario, nombre_completo
from escritura.expresiones import ClaveOrden
from escritura.orden import clave_orden
from escritura.preparadas import Parametro, Preparada
from tramites import registro
from tramites.models import AsuetoExtra, Cifra, Estado, Gestion
from tramites.models.cifra import DIA, Concepto, Cuentas
from tramites.models.gestion import EN_MANO

from .fila import POR_VENCER, VENCIDA

SEMANA = timedelta(days=7)
CAUSAS = 8
# The least business days of each bar of the ages.
CORTES = (0, 5, POR_VENCER, VENCIDA)


@dataclass(frozen=True)
class Semana:
    """What came in, each sending and re-sending, and what was decided from that Monday on."""

    lunes: date
    recibidas: int
    decididas: int


class TextosDeSemana(NamedTuple):
    """What is written of a week, and how long its bars are."""

    lunes: str
    recibidas: str
    ancho_recibidas: str
    decididas: str
    ancho_decididas: str


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


@dataclass(frozen=True)
class DeUnTipo:
    """What came in and what was decided of one procedure, whatever is asked of the others."""

    rotulo: str
    recibidas: int
    decididas: int


@dataclass(frozen=True, kw_only=True)
class Cifras:
    """Everything that the page shows of a period; waits in whole days, None when nothing was decided."""

    mediana: int | None
    p90: int | None
    con_previo: int | None
    estados: list[Barra]
    semanas: list[Semana]
    edades: list[Barra]
    defectos: list[Barra]
    cargas: list[tuple[str, int, int]]
    tipos: list[DeUnTipo]

    @property
    def recibidas(self) -> int:
        """What came in to be decided, in every round."""
        return sum(s.recibidas for s in self.semanas)

    def por_semana(self) -> list[tuple[None, TextosDeSemana]]:
        """The rows of its table (`semana.html`), all of one form; the highest count has the longest bar."""
        mayor = max((max(s.recibidas, s.decididas) for s in self.semanas), default=0)
        return [
            (
                None,
                TextosDeSemana(
                    f"{s.lunes:%d-%m-%Y}",
                    *(str(t) for n in (s.recibidas, s.decididas) for t in (n, Barra("", n, mayor).ancho)),
                ),
            )
            for s in self.semanas
        ]


def cifras(desde: date, hasta: date, hoy: date, tramite: str = "") -> Cifras:
    """The figures of a period; a fixed number of queries, and as many rows as days.

    `tramite` is the key of a procedure, whose figures alone they are; empty, all together.
    """
    cerrado, siempre = Cifra.objects.desde_el_principio(tramite)
    if cerrado and cerrado >= hoy:  # by a clock that was ahead: those days go on
        cerrado, siempre = None, Counter()
    todas = Cifra.objects.contar(cerrado + DIA if cerrado else None, hoy)
    vivas = Counter({c: n for c, n in todas.items() if tramite in ("", c[1])})
    por_dia, por_clave = _del_periodo(vivas, desde, hasta, cerrado, tramite)
    esperas = _esperas(por_clave, Concepto.PREVIO) + _esperas(por_clave, Concepto.ADMISION)
    en_mano = _en_mano(hoy, tramite)
    return Cifras(
        mediana=_cuantil(esperas, 0.5),
        p90=_cuantil(esperas, 0.9),
        con_previo=_por_ciento(_esperas(por_clave, Concepto.PREVIO).total(), esperas.total()),
        estados=_por_estado(siempre, vivas, en_mano),
        semanas=_semanas(desde, hasta, por_dia),
        edades=_edades(en_mano),
        defectos=_defectos(por_clave),
        cargas=_cargas(en_mano),
        tipos=_por_tipo(todas, desde, hasta, cerrado),
    )


PorDia = Counter[tuple[date, str]]
PorClave = Counter[tuple[str, str]]


def _del_periodo(
    vivas: Cuentas, desde: date, hasta: date, cerrado: date | None, tramite: str
) -> tuple[PorDia, PorClave]:
    """The period's counts by day and by kind: the kept ones, and those of the days not closed yet."""
    por_dia: PorDia = Counter()
    por_clave: PorClave = Counter()
    for (dia, _, concepto, clave), n in vivas.items():
        if desde <= dia <= hasta:
            por_dia[dia, concepto] += n
            por_clave[concepto, clave] += n
    if cerrado:
        hasta = min(hasta, cerrado)
        por_dia.update({(dia, c): n for dia, c, n in Cifra.objects.por_dia(desde, hasta, tramite)})
        por_clave.update({(c, clave): n for c, clave, n in Cifra.objects.por_clave(desde, hasta, tramite)})
    return por_dia, por_clave


def _por_tipo(vivas: Cuentas, desde: date, hasta: date, cerrado: date | None) -> list[DeUnTipo]:
    """Those of each procedure in the period, in the order of the registry."""
    suyas: Counter[tuple[str, str]] = Counter()
    for (dia, tramite, concepto, _), n in vivas.items():
        if desde <= dia <= hasta:
            suyas[tramite, concepto] += n
    if cerrado:
        suyas.update({(t, c): n for t, c, n in Cifra.objects.por_tramite(desde, min(hasta, cerrado))})
    return [
        DeUnTipo(
            t.rotulo,
            suyas[t.clave, Concepto.ENVIO],
            suyas[t.clave, Concepto.PREVIO] + suyas[t.clave, Concepto.ADMISION],
        )
        for t in registro.todos()
    ]


def _esperas(por_clave: PorClave, concepto: Concepto) -> Counter[int]:
    """How many were decided so after so many days."""
    return Counter({int(clave): n for (cual, clave), n in por_clave.items() if cual == concepto})


def _por_ciento(parte: int, todo: int) -> int | None:
    return round(100 * parte / todo) if todo else None


def _cuantil(conteo: Counter[int], parte: float) -> int | None:
    """The least value that so large a part does not exceed: that of a real case, never between two."""
    acumulado = 0
    for valor in sorted(conteo):
        acumulado += conteo[valor]
        if acumulado >= parte * conteo.total():
            return valor
    return None


def _semanas(desde: date, hasta: date, por_dia: PorDia) -> list[Semana]:
    por_semana: PorDia = Counter()
    for (dia, concepto), n in por_dia.items():
        por_semana[_lunes(dia), concepto] += n
    lunes, semanas = _lunes(desde), []
    while lunes <= hasta:
        envios, previos, admisiones = (
            por_semana[lunes, c] for c in (Concepto.ENVIO, Concepto.PREVIO, Concepto.ADMISION)
        )
        semanas.append(Semana(lunes, envios, previos + admisiones))
        lunes += SEMANA
    return semanas


def _lunes(dia: date) -> date:
    return dia - timedelta(days=dia.weekday())


@dataclass(frozen=True)
class EnMano:
    """What one person (None: nobody yet) holds in a state; `por_edad`, by the least of business days."""

    estado: str
    de: int | None
    n: int
    por_edad: tuple[int, ...]


def _en_mano(hoy: date, tramite: str) -> list[EnMano]:
    """What is not decided, in one query along an index of its own (`tramites_en_mano`)."""
    calendario = AsuetoExtra.objects.calendario()
    hasta = {f"c{c}": _fin_del_dia(calendario.hace(c, hoy)) for c in CORTES[1:]}
    return [
        EnMano(estado, de, n, tuple(edades))
        for estado, de, n, *edades in _preparar_en_mano(bool(tramite)).con(tramite=tramite, **hasta)
    ]


@cache
def _preparar_en_mano(con_tramite: bool) -> Preparada:
    entrada = Gestion._meta.get_field("en_cola_desde")
    fines = (Parametro(f"c{corte}", entrada) for corte in CORTES[1:])
    edades = {f.nombre: Count("en_cola_desde", filter=Q(en_cola_desde__lte=f)) for f in fines}
    filas = Gestion.objects.filter(EN_MANO)
    if con_tramite:
        filas = filas.filter(tramite=Parametro("tramite", Gestion._meta.get_field("tramite")))
    grupos = filas.order_by().values_list("estado", "asignada_a")
    return Preparada(grupos.annotate(cuantas=Count("*"), en_cola=Count("en_cola_desde"), **edades))


def _por_estado(siempre: dict[str, int], vivas: Cuentas, en_mano: list[EnMano]) -> list[Barra]:
    """Whatever was sent is in one of four states: those at hand are counted, the admitted were added up."""
    totales = Counter(siempre)
    for (_, _tramite, concepto, _clave), n in vivas.items():
        totales[concepto] += n
    conteo = {e: sum(m.n for m in en_mano if m.estado == e) for e in (Estado.RECIBIDA, Estado.OBSERVADA)}
    conteo[Estado.ADMITIDA] = totales[Concepto.ADMISION]
    conteo[Estado.ARCHIVADA] = max(0, totales[Concepto.INGRESO] - sum(conteo.values()))
    return [Barra(str(e.label), n, max(conteo.values())) for e, n in conteo.items()]


def _edades(en_mano: list[EnMano]) -> list[Barra]:
    """What waits for the office, by business days in the queue."""
    esperan = [m.por_edad for m in en_mano if m.estado == Estado.RECIBIDA]
    al_menos = [sum(edades) for edades in zip(*esperan, strict=True)] or [0] * len(CORTES)
    conteos = [n - siguiente for n, siguiente in zip(al_menos, (*al_menos[1:], 0), strict=True)]
    rotulos = [f"{c} a {s - 1}" if s else f"{c} o más" for c, s in zip(CORTES, (*CORTES[1:], 0), strict=True)]
    return [Barra(r, n, max(conteos)) for r, n in zip(rotulos, conteos, strict=True)]


def _defectos(por_clave: PorClave) -> list[Barra]:
    """The defects for which most was returned, as the catalogue calls them."""
    nombres = [(clave, n) for (concepto, clave), n in por_clave.items() if concepto == Concepto.DEFECTO]
    filas = sorted(nombres, key=lambda fila: (-fila[1], clave_orden(fila[0])))[:CAUSAS]
    return [Barra(defecto, n, filas[0][1]) for defecto, n in filas]


def _cargas(en_mano: list[EnMano]) -> list[tuple[str, int, int]]:
    """Each reviewer with what they hold to review and what waits for its owner."""
    personas = Usuario.objects.filter(pk__in={m.de for m in en_mano if m.de})
    de = {(m.de, m.estado): m.n for m in en_mano}
    return [
        (nombre_completo(*nombre), de.get((pk, Estado.RECIBIDA), 0), de.get((pk, Estado.OBSERVADA), 0))
        for pk, *nombre in personas.order_by(ClaveOrden("primer_nombre"), "pk").values_list("pk", *NOMBRES)
    ]


def _fin_del_dia(dia: date) -> datetime:
    return datetime.combine(dia, time.max, tzinfo=timezone.get_current_timezone())
