"""The desk's queue: what each member of ONSEC's staff sees of all the Gestiones (F1, F7). Reads only."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from cuentas.models import Usuario
from escritura.expresiones import ClaveOrden
from escritura.orden import clave_busqueda

from ..habiles import Calendario
from ..models import AsuetoExtra, Estado, Gestion
from .numero import digitos

# What the office aims at, in business days since it entered the queue.
POR_VENCER, VENCIDA = 10, 20
LARGO_CUI = 13


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

    def condicion(self, usuario: Any) -> Q:
        """What belongs in it."""
        match self:
            case Pestana.POR_ASIGNAR:
                return Q(estado=Estado.RECIBIDA, asignada_a=None)
            case Pestana.MIAS:
                return Q(asignada_a=usuario, estado__in=(Estado.RECIBIDA, Estado.OBSERVADA))
            case Pestana.OBSERVADAS:
                return Q(estado=Estado.OBSERVADA)
            case Pestana.ADMITIDAS:
                return Q(estado=Estado.ADMITIDA)
            case Pestana.ARCHIVADAS:
                return Q(estado=Estado.ARCHIVADA)
        return Q()


@dataclass(frozen=True, kw_only=True)
class Criterio:
    """What is asked of the queue; `dias` are business days in it at least, `orden` a key of `ORDENES`."""

    texto: str = ""
    estado: str = ""
    dias: int = 0
    a_cargo: int | None = None
    reservadas: bool = False
    orden: str = "antiguas"


ORDENES = {
    "antiguas": (F("en_cola_desde").asc(nulls_last=True), "recibida_en", "numero"),
    "recientes": (F("en_cola_desde").desc(nulls_last=True), "-recibida_en", "-numero"),
    "numero": ("numero",),
    "numero-desc": ("-numero",),
}


def enviadas() -> QuerySet[Gestion]:
    """What the office knows of: whatever was sent once; the drafts are their owners' alone."""
    return Gestion.objects.filter(recibida_en__isnull=False)


def sin_las_propias(gestiones: QuerySet[Gestion], usuario: Any) -> QuerySet[Gestion]:
    """Nobody of the staff sees a Gestión of their own CUI (matriz.md §2)."""
    return gestiones.exclude(titular_cui=usuario.cui) if usuario.cui else gestiones


def cuentas(usuario: Any) -> dict[Pestana, int]:
    """How many stand in each view; one query."""
    conteos = {p.name: Count("numero", filter=p.condicion(usuario)) for p in Pestana if p.condicion(usuario)}
    sumas = sin_las_propias(enviadas(), usuario).aggregate(**conteos, **{Pestana.TODAS.name: Count("numero")})
    return {p: sumas[p.name] for p in Pestana}


def bandeja(usuario: Any, pestana: Pestana, criterio: Criterio, hoy: date) -> QuerySet[Gestion]:
    """The rows of a view, ordered; with what the table shows, in two queries however many."""
    filas = sin_las_propias(enviadas(), usuario).filter(pestana.condicion(usuario))
    filas = filas.filter(_condicion(criterio, hoy))
    return (
        filas.select_related("asignada_a", "internos")
        .prefetch_related("envios")
        .order_by(*ORDENES.get(criterio.orden, ORDENES["antiguas"]))
    )


def _condicion(criterio: Criterio, hoy: date) -> Q:
    condicion = coincidencia(criterio.texto)
    if criterio.estado:
        condicion &= Q(estado=criterio.estado)
    if criterio.dias:
        condicion &= Q(
            en_cola_desde__lte=_fin_del_dia(AsuetoExtra.objects.calendario().hace(criterio.dias, hoy))
        )
    if criterio.a_cargo:
        condicion &= Q(asignada_a=criterio.a_cargo)
    if criterio.reservadas:
        condicion &= Q(internos__posible_alteracion=True)
    return condicion


def coincidencia(texto: str) -> Q:
    """Number, CUI with or without spaces, or part of the name, however it was typed."""
    if numero := digitos(texto):
        return por_numero_o_cui(numero)
    return Q(*(("titular_busqueda__contains", palabra) for palabra in clave_busqueda(texto).split()))


def por_numero_o_cui(digitos: str) -> Q:
    """Exactly that number, or that CUI."""
    return Q(titular_cui=digitos) if len(digitos) >= LARGO_CUI else Q(numero=int(digitos))


def consultables(usuario: Any, texto: str) -> list[Gestion]:
    """What the counter finds by number or CUI, never by name (F7, K)."""
    numero = digitos(texto)
    if not numero:
        return []
    return list(sin_las_propias(enviadas(), usuario).filter(por_numero_o_cui(numero)).order_by("numero"))


def por_numero(numero: int) -> Gestion | None:
    """The Gestión with that number, if there is one."""
    return Gestion.objects.filter(pk=numero).first()


def borradores(usuario: Any) -> QuerySet[Gestion]:
    """What was never sent: jefatura sees its number, date and term, no more (matriz.md §3)."""
    nunca = sin_las_propias(Gestion.objects.filter(recibida_en=None), usuario)
    return nunca.only("numero", "creada_en", "archivar_el", "estado", "archivada_en").order_by("numero")


def otras_de(gestion: Gestion, usuario: Any) -> QuerySet[Gestion]:
    """The other Gestiones of the same person that the office has known."""
    suyas = sin_las_propias(enviadas(), usuario).filter(titular_cui=gestion.titular_cui)
    return suyas.exclude(pk=gestion.pk).order_by("numero")


def revisores() -> QuerySet[Usuario]:
    """Who may hold a Gestión."""
    papeles = (Usuario.Papel.ANALISTA, Usuario.Papel.JEFATURA)
    return Usuario.objects.filter(papel__in=papeles, is_active=True).order_by(
        ClaveOrden("primer_nombre"), ClaveOrden("primer_apellido"), "pk"
    )


@dataclass(frozen=True)
class Antiguedad:
    """How long the office has had it, in business days."""

    dias: int

    @property
    def semaforo(self) -> tuple[str, str, str]:
        """Class, icon and words: never colour alone."""
        if self.dias >= VENCIDA:
            return "sem-grana", "alerta", "Vencida"
        if self.dias >= POR_VENCER:
            return "sem-maiz", "reloj", "Por vencer"
        return "sem-jade", "listo", "En plazo"


def antiguedad(gestion: Gestion, hoy: date, calendario: Calendario) -> Antiguedad | None:
    """None while it is not in the office's hands."""
    if gestion.en_cola_desde is None:
        return None
    return Antiguedad(calendario.transcurridos(timezone.localdate(gestion.en_cola_desde), hoy))


def _fin_del_dia(dia: date) -> datetime:
    return datetime.combine(dia, time.max, tzinfo=timezone.get_current_timezone())
