"""The desk's queue: what each member of ONSEC's staff sees of all the Gestiones (F1, F7). Reads only.

Each list is walked along an index, so that a page costs the same among a thousand rows or a million
(docs/decisiones/0031-la-bandeja-se-recorre-por-sus-claves.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import Enum
from functools import cache, lru_cache, partial, reduce
from operator import or_
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cuentas.models import NOMBRES, Usuario, nombre_completo
from escritura.expresiones import ClaveOrden
from escritura.preparadas import Parametro, Preparada
from tramites.consultas.numero import digitos
from tramites.consultas.paginas import Borde, Cuantas, Orden, Pagina, Recorrido, hojear, paginar
from tramites.habiles import Calendario
from tramites.models import COLA, Envio, Estado, Gestion
from tramites.reglas.revision import REVISORES

from .busqueda import CANDIDATAS, hallar, por_numero_o_cui
from .fila import FilaDeBandeja

# Beyond it a long list is not counted: «1,000+».
TOPE = 1_000
# How many lists are kept prepared, each a view with its filters, its order and the side that is walked.
LISTAS = 128
# What each asking brings: whose Gestiones they are, the CUI of whoever looks, the last entry in the queue.
QUIEN, CUI, HASTA, TRAMITE = (
    Parametro(nombre, Gestion._meta.get_field(columna))
    for nombre, columna in (
        ("quien", "asignada_a"),
        ("cui", "titular_cui"),
        ("hasta", "en_cola_desde"),
        ("tramite", "tramite"),
    )
)


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
    def con_a_cargo(self) -> bool:
        """Whether its rows may be in different hands."""
        return self not in (Pestana.POR_ASIGNAR, Pestana.MIAS)

    @property
    def es_de_trabajo(self) -> bool:
        """Whether somebody works it off, and so it is counted to the last."""
        return self in (Pestana.POR_ASIGNAR, Pestana.MIAS, Pestana.OBSERVADAS)


@dataclass(frozen=True, kw_only=True)
class Criterio:
    """What is asked of the queue: `tramite` is a procedure's key, `orden` one of `ORDENES`.

    `dias` are business days in it at least.
    """

    texto: str = ""
    tramite: str = ""
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
    return _sin_cui(gestiones, usuario.cui)


def _sin_cui(gestiones: QuerySet[Gestion], cui: Any) -> QuerySet[Gestion]:
    """Left out by their numbers: the indexes that lists walk hold no CUI, and no row is read to know it."""
    if not cui:
        return gestiones
    return gestiones.exclude(pk__in=Gestion.objects.filter(titular_cui=cui).order_by().values("pk"))


def cuentas(
    usuario: Any, pestanas: Iterable[Pestana], *, con_borradores: bool
) -> tuple[dict[Pestana, Conteo], Conteo | None]:
    """How many stand in each view, and among the drafts if that is shown; one query, from indexes.

    What somebody works off is counted to the last; the rest, up to `TOPE`.
    """
    listas = tuple(pestanas)
    preparada = _preparar_cuentas(listas, con_borradores, bool(usuario.cui))
    [sumas] = preparada.con(quien=usuario.pk, cui=usuario.cui)
    de_cada = {p: _conteo(n, entera=p.es_de_trabajo) for p, n in zip(listas, sumas, strict=False)}
    return de_cada, _conteo(sumas[-1], entera=False) if con_borradores else None


@cache
def _preparar_cuentas(listas: tuple[Pestana, ...], con_borradores: bool, con_cui: bool) -> Preparada:
    cui = CUI if con_cui else None
    columnas = [_cuantas_de(pestana, cui) for pestana in listas]
    if con_borradores:
        columnas.append(Cuantas(_nunca_enviadas(cui).order_by().values("pk")[: TOPE + 1]))
    return Preparada(Usuario.objects.filter(pk=QUIEN).values_list(*columnas))


def _cuantas_de(pestana: Pestana, cui: Any) -> Any:
    """A column: to the last, it is cheaper to count one's own apart than to ask of each whether it is one."""
    todas = enviadas().filter(estado__in=pestana.estados, **pestana.de_quien(QUIEN)).order_by()
    if not pestana.es_de_trabajo:
        return Cuantas(_sin_cui(todas, cui).values("pk")[: TOPE + 1])
    cuantas = Cuantas(todas.values("pk"))
    return cuantas - Cuantas(todas.filter(titular_cui=cui).values("pk")) if cui else cuantas


def _conteo(n: int, *, entera: bool) -> Conteo:
    return Conteo(n) if entera or n <= TOPE else Conteo(TOPE, mas=True)


@dataclass(frozen=True)
class HojaDeBandeja:
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
) -> HojaDeBandeja:
    """The page of `n` rows that is asked; a query or two, or some more to find a text.

    What a filter leaves is walked along the list's own order, or, when the order says nothing of that filter
    and little is left, found first and sorted then.
    """
    orden = ORDENES.get(criterio.orden, ORDENES["antiguas"])
    valores = {
        "quien": criterio.a_cargo or usuario.pk,
        "cui": usuario.cui,
        "tramite": criterio.tramite,
        "hasta": _fin_del_dia(calendario.hace(criterio.dias, hoy)),
    }
    if criterio.texto.strip() or criterio.reservadas or (criterio.dias and not orden.nulos):
        return _hallada(usuario, pestana, criterio, orden, valores, pedida, n)
    forma = replace(
        criterio,
        texto="",
        tramite=criterio.tramite and "uno",
        dias=bool(criterio.dias),
        a_cargo=None if criterio.a_cargo is None else 0,
    )
    leer = partial(_leer, pestana, forma, orden, valores)
    return _hoja(hojear(leer, Gestion, orden, pedida, n))


def _hoja(
    pagina: Pagina[FilaDeBandeja], total: Conteo | None = None, parecidas: bool = False
) -> HojaDeBandeja:
    return HojaDeBandeja(pagina, Conteo(len(pagina)) if pagina.unica else total, parecidas)


def _leer(
    pestana: Pestana, forma: Criterio, orden: Orden, valores: dict[str, Any], borde: Borde, cuantas: int
) -> Iterator[list[FilaDeBandeja]]:
    """The stretches of a list that follow an edge."""
    los_del_borde = dict(zip(orden.columnas, borde.valores, strict=False))
    for tramo in _preparar(pestana, forma, bool(valores["cui"]), orden, borde.clase, cuantas):
        yield tramo.con(**valores, **los_del_borde)


@lru_cache(maxsize=LISTAS)
def _preparar(
    pestana: Pestana, forma: Criterio, con_cui: bool, orden: Orden, borde: Borde, cuantas: int
) -> list[Preparada]:
    recorrido = _recorrido(
        pestana, forma, quien=QUIEN, cui=CUI if con_cui else None, hasta=HASTA, tramite=TRAMITE
    )
    tramos = recorrido.tramos(orden, borde.en_parametros(Gestion, orden), cuantas)
    return [Preparada(tramo, FilaDeBandeja._make) for tramo in tramos]


def _recorrido(
    pestana: Pestana, criterio: Criterio, *, quien: Any, cui: Any, hasta: Any, tramite: Any
) -> Recorrido:
    """How a list is walked; what is typed as a text apart."""
    filas = _sin_cui(enviadas(), cui)
    if criterio.reservadas:
        filas = filas.filter(internos__posible_alteracion=True)
    if criterio.dias:
        filas = filas.filter(en_cola_desde__lte=hasta)
    de_quien = pestana.de_quien(quien) | ({} if criterio.a_cargo is None else {"asignada_a": quien})
    de_que = {"tramite": tramite} if criterio.tramite else {}
    ramas = [Q(estado=e, **de_que, **de_quien) for e in _estados(pestana, criterio)] or [Q(pk__in=())]
    return Recorrido(filas, ramas, ["asignada_a_id"] if de_quien else [], _vistas())


def _hallada(
    usuario: Any,
    pestana: Pestana,
    criterio: Criterio,
    orden: Orden,
    valores: dict[str, Any],
    pedida: str,
    n: int,
) -> HojaDeBandeja:
    """What matches a text, or is rare in that order: found first if it is little, else walked."""
    recorrido, parecidas, todos = _recorrido(pestana, criterio, **valores), False, True
    juntas = recorrido.filas.filter(reduce(or_, recorrido.ramas))
    if criterio.texto.strip():
        hallazgo = hallar(sin_las_propias(enviadas(), usuario), criterio.texto)
        numeros, parecidas, condicion = hallazgo.numeros, hallazgo.parecidas, hallazgo.condicion
        todos = pestana is Pestana.TODAS and not replace(criterio, texto="").filtra
    else:
        numeros, condicion = _pocos(juntas), Q()
    if numeros is None:
        recorrido = replace(recorrido, filas=recorrido.filas.filter(condicion))
    else:
        recorrido = replace(recorrido, filas=juntas.filter(numero__in=numeros), ramas=())
    pagina = hojear(partial(_en_filas, recorrido, orden), Gestion, orden, pedida, n)
    return _hoja(pagina, Conteo(len(numeros)) if numeros and todos else None, parecidas)


def _en_filas(
    recorrido: Recorrido, orden: Orden, borde: Borde, cuantas: int
) -> Iterator[Iterator[FilaDeBandeja]]:
    return (map(FilaDeBandeja._make, tramo) for tramo in recorrido.tramos(orden, borde, cuantas))


def _pocos(filas: QuerySet[Gestion]) -> tuple[int, ...] | None:
    """Their numbers, unless they are many."""
    numeros = tuple(filas.order_by().values_list("numero", flat=True)[: CANDIDATAS + 1])
    return numeros if len(numeros) <= CANDIDATAS else None


def _vistas() -> QuerySet[Gestion, Any]:
    """With the columns of `FilaDeBandeja`."""
    rondas = Envio.objects.filter(gestion=OuterRef("pk")).order_by("-ronda").values("ronda")[:1]
    de_otras = {campo: F(f"asignada_a__{campo}") for campo in NOMBRES}
    calculadas = {"reservada": F("internos__posible_alteracion"), "ultima_ronda": Subquery(rondas)}
    return Gestion.objects.annotate(**de_otras, **calculadas).values_list(*FilaDeBandeja._fields)


def _estados(pestana: Pestana, criterio: Criterio) -> list[Estado]:
    """A branch of the list for each, which an index walks in either order."""
    estados = [e for e in pestana.estados if criterio.estado in ("", e)]
    # Business days are counted of what is in the office's hands alone.
    return [e for e in estados if e == Estado.RECIBIDA] if criterio.dias else estados


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
    vistos = _nunca_enviadas(usuario.cui).only("numero", "creada_en", "archivar_el", "estado", "archivada_en")
    return paginar(vistos, ORDENES["numero"], pedida, n)


def _nunca_enviadas(cui: Any) -> QuerySet[Gestion]:
    return _sin_cui(Gestion.objects.filter(recibida_en=None), cui)


def otras_de(gestion: Gestion, usuario: Any) -> QuerySet[Gestion]:
    """The other Gestiones of the same person that the office has known."""
    suyas = sin_las_propias(enviadas(), usuario).filter(titular_cui=gestion.titular_cui)
    return suyas.exclude(pk=gestion.pk).order_by("numero")


def revisores() -> QuerySet[Usuario]:
    """Who may hold a Gestión."""
    personal = Usuario.objects.filter(tipo=Usuario.Tipo.PERSONAL, papel__in=REVISORES, is_active=True)
    return personal.order_by(ClaveOrden("primer_nombre"), ClaveOrden("primer_apellido"), "pk")


def nombres_de_revisores() -> list[tuple[int, str]]:
    """Each of them by key and name."""
    return [(pk, nombre_completo(*partes)) for pk, *partes in _preparar_revisores().con()]


@cache
def _preparar_revisores() -> Preparada:
    return Preparada(revisores().values_list("pk", *NOMBRES))


def _fin_del_dia(dia: date) -> datetime:
    return datetime.combine(dia, time.max, tzinfo=timezone.get_current_timezone())
