"""The desk's queue: what each member of ONSEC's staff sees of all the Gestiones (F1, F7). Reads only.

Each list is walked along an index, so that a page costs the same among a thousand rows or a million
(docs/decisiones/0031-la-bandeja-se-recorre-por-sus-claves.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import Enum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from cuentas.models import Usuario
from escritura.expresiones import ClaveOrden
from tramites.consultas.numero import digitos
from tramites.consultas.paginas import Cuantas, Orden, Pagina, paginar
from tramites.habiles import Calendario
from tramites.models import COLA, Envio, Estado, Gestion

from .busqueda import CANDIDATAS, hallar, por_numero_o_cui

# What the office aims at, in business days since it entered the queue.
POR_VENCER, VENCIDA = 10, 20
# Beyond it a long list is not counted: «1,000+».
TOPE = 1_000


class Pestana(Enum):
    """A view of the queue: its key in the address and its label (contrato.md)."""

    POR_ASIGNAR = "por-asignar", "Por asignar"
    MIAS = "mias", "Mis gestiones"
    OBSERVADAS = "observadas", "Con observaciones"
    ADMITIDAS = "admitidas", "Admitidas"
    ARCHIVADAS = "archivadas", "Archivadas"
    TODAS = "todas", "Todas"

    def __init__(self, clave: str, rotulo: str) -> None:
        self.clave, self.rotulo = clave, rotulo

    @classmethod
    def de(cls, clave: str) -> "Pestana | None":
        """The view with that key."""
        return next((p for p in cls if p.clave == clave), None)

    @property
    def estados(self) -> tuple[Estado, ...]:
        """The states of what belongs in it."""
        match self:
            case Pestana.POR_ASIGNAR:
                return (Estado.RECIBIDA,)
            case Pestana.MIAS:
                return (Estado.RECIBIDA, Estado.OBSERVADA)
            case Pestana.OBSERVADAS:
                return (Estado.OBSERVADA,)
            case Pestana.ADMITIDAS:
                return (Estado.ADMITIDA,)
            case Pestana.ARCHIVADAS:
                return (Estado.ARCHIVADA,)
        return (Estado.RECIBIDA, Estado.OBSERVADA, Estado.ADMITIDA, Estado.ARCHIVADA)

    def de_quien(self, usuario: Any) -> dict[str, Any]:
        """In whose hands it must be, if that matters."""
        match self:
            case Pestana.POR_ASIGNAR:
                return {"asignada_a": None}
            case Pestana.MIAS:
                return {"asignada_a": usuario}
        return {}

    @property
    def es_de_trabajo(self) -> bool:
        """Whether somebody works it off, and so it is counted to the last."""
        return self in (Pestana.POR_ASIGNAR, Pestana.MIAS, Pestana.OBSERVADAS)


@dataclass(frozen=True, kw_only=True)
class Criterio:
    """What is asked of the queue; `dias` are business days in it at least, `orden` a key of `ORDENES`."""

    texto: str = ""
    estado: str = ""
    dias: int = 0
    a_cargo: int | None = None
    reservadas: bool = False
    orden: str = "antiguas"

    @property
    def filtra(self) -> bool:
        """Whether it leaves anything out."""
        return self != replace(Criterio(), orden=self.orden)


ORDENES = {
    "antiguas": Orden(COLA, nulos=True),
    "recientes": Orden(COLA, descendente=True, nulos=True),
    "numero": Orden(("numero",)),
    "numero-desc": Orden(("numero",), descendente=True),
}


@dataclass(frozen=True)
class Conteo:
    """How many there are; with `mas`, that and more."""

    n: int
    mas: bool = False

    def __str__(self) -> str:
        return f"{self.n:,}{'+' if self.mas else ''}"

    def __bool__(self) -> bool:
        return self.n > 0


def enviadas() -> QuerySet[Gestion]:
    """What the office knows of: whatever was sent once; the drafts are their owners' alone."""
    return Gestion.objects.filter(recibida_en__isnull=False)


def sin_las_propias(gestiones: QuerySet[Gestion], usuario: Any) -> QuerySet[Gestion]:
    """Nobody of the staff sees a Gestión of their own CUI (matriz.md §2)."""
    return gestiones.exclude(titular_cui=usuario.cui) if usuario.cui else gestiones


def cuentas(
    usuario: Any, pestanas: Iterable[Pestana], *, con_borradores: bool
) -> tuple[dict[Pestana, Conteo], Conteo | None]:
    """How many stand in each view, and among the drafts if that is shown; one query, from indexes.

    What somebody works off is counted to the last; the rest, up to `TOPE`.
    """
    listas = list(pestanas)
    columnas = [columna for p in listas for columna in _columnas(usuario, p)]
    if con_borradores:
        columnas.append(Cuantas(_nunca_enviadas(usuario).order_by().values("pk")[: TOPE + 1]))
    sumas = iter(Usuario.objects.filter(pk=usuario.pk).values_list(*columnas).get())
    de_cada = {p: _conteo(next(sumas), next(sumas), entera=p.es_de_trabajo) for p in listas}
    return de_cada, _conteo(next(sumas), 0, entera=False) if con_borradores else None


def _columnas(usuario: Any, pestana: Pestana) -> tuple[Cuantas, Cuantas | Value]:
    """How many, and how many of those are of the CUI of whoever looks: no index would count without them."""
    todas = enviadas().filter(estado__in=pestana.estados, **pestana.de_quien(usuario)).order_by()
    if not pestana.es_de_trabajo:
        return Cuantas(sin_las_propias(todas, usuario).values("pk")[: TOPE + 1]), Value(0)
    propias = todas.filter(titular_cui=usuario.cui).values("pk")
    return Cuantas(todas.values("pk")), Cuantas(propias) if usuario.cui else Value(0)


def _conteo(n: int, propias: int, *, entera: bool) -> Conteo:
    return Conteo(n - propias) if entera or n <= TOPE else Conteo(TOPE, mas=True)


@dataclass(frozen=True)
class Hoja:
    """A page of a view; `total` is None when it is not known without counting more than a page shows.

    `parecidas` when nothing matched the text, and these are the names that resemble it.
    """

    pagina: Pagina[Any]
    total: Conteo | None
    parecidas: bool = False

    @property
    def al_menos(self) -> int:
        """How many were found, or how many at least."""
        return self.total.n if self.total else len(self.pagina) + (not self.pagina.unica)


def bandeja(
    usuario: Any, pestana: Pestana, criterio: Criterio, calendario: Calendario, hoy: date, pedida: str, n: int
) -> Hoja:
    """The page of `n` rows that is asked, with what the table shows; a query, or some more to find a text.

    What a filter leaves is walked along the list's own order, or, when the order says nothing of that filter
    and little is left, found first and sorted then.
    """
    orden = ORDENES.get(criterio.orden, ORDENES["antiguas"])
    filas = sin_las_propias(enviadas(), usuario)
    de_quien = pestana.de_quien(usuario) | ({"asignada_a": criterio.a_cargo} if criterio.a_cargo else {})
    ramas = [Q(estado=e, **de_quien) for e in _estados(pestana, criterio)] or [Q(pk__in=())]
    filtro = _filtro(criterio, calendario, hoy)
    numeros, parecidas, todos = None, False, True
    if criterio.texto.strip():
        hallazgo = hallar(filas, criterio.texto)
        numeros, parecidas = hallazgo.numeros, hallazgo.parecidas
        filtro &= hallazgo.condicion if numeros is None else Q(numero__in=numeros)
        todos = pestana is Pestana.TODAS and not replace(criterio, texto="").filtra
    elif criterio.reservadas or (criterio.dias and not orden.nulos):
        numeros = _pocos(filas.filter(reduce(or_, ramas), filtro))
        filtro &= Q() if numeros is None else Q(numero__in=numeros)
    filas, mostrar, fijas = filas.filter(filtro), _vistas(), ["asignada_a_id"] if de_quien else []
    if numeros is None:
        pagina = paginar(filas, orden, pedida, n, ramas=ramas, fijas=fijas, mostrar=mostrar)
    else:
        pagina = paginar(filas.filter(reduce(or_, ramas)), orden, pedida, n, mostrar=mostrar)
    if pagina.unica:
        return Hoja(pagina, Conteo(len(pagina)), parecidas)
    return Hoja(pagina, Conteo(len(numeros)) if numeros and todos else None, parecidas)


def _pocos(filas: QuerySet[Gestion]) -> tuple[int, ...] | None:
    """Their numbers, unless they are many."""
    numeros = tuple(filas.order_by().values_list("numero", flat=True)[: CANDIDATAS + 1])
    return numeros if len(numeros) <= CANDIDATAS else None


def _vistas() -> QuerySet[Gestion]:
    """With what the table shows of each."""
    rondas = Envio.objects.filter(gestion=OuterRef("pk")).order_by("-ronda").values("ronda")[:1]
    return Gestion.objects.select_related("asignada_a").annotate(
        ultima_ronda=Subquery(rondas), reservada=F("internos__posible_alteracion")
    )


def _estados(pestana: Pestana, criterio: Criterio) -> list[Estado]:
    """A branch of the list for each, which an index walks in either order."""
    estados = [e for e in pestana.estados if criterio.estado in ("", e)]
    # Business days are counted of what is in the office's hands alone.
    return [e for e in estados if e == Estado.RECIBIDA] if criterio.dias else estados


def _filtro(criterio: Criterio, calendario: Calendario, hoy: date) -> Q:
    filtro = Q(internos__posible_alteracion=True) if criterio.reservadas else Q()
    if criterio.dias:
        filtro &= Q(en_cola_desde__lte=_fin_del_dia(calendario.hace(criterio.dias, hoy)))
    return filtro


def consultables(usuario: Any, texto: str) -> list[Gestion]:
    """What the counter finds by number or CUI, never by name (F7, K)."""
    numero = digitos(texto)
    if not numero:
        return []
    return list(sin_las_propias(enviadas(), usuario).filter(por_numero_o_cui(numero)).order_by("numero"))


def por_numero(numero: int) -> Gestion | None:
    """The Gestión with that number, if there is one."""
    return Gestion.objects.filter(pk=numero).first()


def borradores(usuario: Any, pedida: str, n: int) -> Pagina[Gestion]:
    """What was never sent: jefatura sees its number, date and term, no more (matriz.md §3)."""
    vistos = _nunca_enviadas(usuario).only("numero", "creada_en", "archivar_el", "estado", "archivada_en")
    return paginar(vistos, ORDENES["numero"], pedida, n)


def _nunca_enviadas(usuario: Any) -> QuerySet[Gestion]:
    return sin_las_propias(Gestion.objects.filter(recibida_en=None), usuario)


def otras_de(gestion: Gestion, usuario: Any) -> QuerySet[Gestion]:
    """The other Gestiones of the same person that the office has known."""
    suyas = sin_las_propias(enviadas(), usuario).filter(titular_cui=gestion.titular_cui)
    return suyas.exclude(pk=gestion.pk).order_by("numero")


def revisores() -> QuerySet[Usuario]:
    """Who may hold a Gestión."""
    papeles = (Usuario.Papel.ANALISTA, Usuario.Papel.JEFATURA)
    personal = Usuario.objects.filter(tipo=Usuario.Tipo.PERSONAL, papel__in=papeles, is_active=True)
    return personal.order_by(ClaveOrden("primer_nombre"), ClaveOrden("primer_apellido"), "pk")


@dataclass(frozen=True)
class Antiguedad:
    """How long the office has had it, in business days, and in which round."""

    dias: int
    ronda: int

    @property
    def semaforo(self) -> tuple[str, str, str]:
        """Class, icon and words: never colour alone."""
        if self.dias >= VENCIDA:
            return "sem-grana", "alerta", "Vencida"
        if self.dias >= POR_VENCER:
            return "sem-maiz", "reloj", "Por vencer"
        return "sem-jade", "listo", "En plazo"


def antiguedad(gestion: Gestion, hoy: date, calendario: Calendario, ronda: int) -> Antiguedad | None:
    """None while it is not in the office's hands; `ronda` is that of its last sending."""
    if gestion.en_cola_desde is None:
        return None
    return Antiguedad(calendario.transcurridos(timezone.localdate(gestion.en_cola_desde), hoy), ronda)


def _fin_del_dia(dia: date) -> datetime:
    return datetime.combine(dia, time.max, tzinfo=timezone.get_current_timezone())
