"""The log as auditoría reads it: who did what, when, on which Gestión, in words. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from bitacora import eventos as eventos_de_bitacora
from bitacora.models import Evento
from cuentas import eventos as eventos_de_cuentas
from cuentas.models import NOMBRES, Usuario
from escritura.expresiones import ClaveBusqueda
from escritura.orden import clave_busqueda
from tramites.consultas.numero import digitos
from tramites.consultas.paginas import Orden, Pagina, Recorrido, hojear, paginar
from tramites.eventos import TipoEvento
from tramites.models import Gestion

from . import hechos

TIPOS: dict[str, str] = {
    **{t.value: str(t.label) for t in TipoEvento},
    **{t.value: str(t.label) for t in eventos_de_cuentas.TipoEvento},
    **{t.value: str(t.label) for t in eventos_de_bitacora.TipoEvento},
}
LOTE = 500
# By whom a name is, up to so many: each's acts are walked apart.
POCAS = 16
MAS_NUEVOS = Orden(("ocurrido_en", "id"), descendente=True)


@dataclass(frozen=True, kw_only=True)
class Busqueda:
    """What may be asked of the log; what is empty is not asked."""

    gestion: int | None = None
    tipo: str = ""
    desde: date | None = None
    hasta: date | None = None
    persona: str = ""

    @property
    def filtros(self) -> list[str]:
        """The names of what was asked."""
        return [nombre for nombre, valor in vars(self).items() if valor]


@dataclass(frozen=True)
class Asiento:
    """A row of the log."""

    numero: int
    ocurrido_en: datetime
    gestion: int | None
    texto: str
    detalle: str
    quien: str
    resumen: str


def buscar(usuario: Any, busqueda: Busqueda) -> QuerySet[Evento]:
    """The acts that match, newest first; nobody reads those of a Gestión of their own CUI (matriz.md §2).

    Both days count, on the dates of Guatemala.
    """
    eventos = Evento.objects.select_related("actor").order_by(*MAS_NUEVOS.campos(atras=False))
    if usuario.cui:
        suyas = Gestion.objects.filter(titular_cui=usuario.cui)
        eventos = eventos.exclude(gestion__in=suyas.values("numero"))
    if busqueda.gestion:
        eventos = eventos.filter(gestion=busqueda.gestion)
    if busqueda.tipo:
        eventos = eventos.filter(tipo=busqueda.tipo)
    if busqueda.desde:
        eventos = eventos.filter(ocurrido_en__gte=_principio(busqueda.desde))
    if busqueda.hasta:
        eventos = eventos.filter(ocurrido_en__lt=_principio(busqueda.hasta + timedelta(days=1)))
    if busqueda.persona:
        eventos = eventos.filter(actor__in=_personas(busqueda.persona))
    return eventos


def pagina_de(usuario: Any, busqueda: Busqueda, pedida: str, n: int) -> Pagina[Evento]:
    """The page of `n` of them that is asked: a walk along an index, or one for each of a few persons."""
    if not busqueda.persona:
        return paginar(buscar(usuario, busqueda), MAS_NUEVOS, pedida, n)
    quienes = list(_personas(busqueda.persona).order_by().values_list("pk", flat=True)[: POCAS + 1])
    if len(quienes) > POCAS:
        return paginar(buscar(usuario, busqueda), MAS_NUEVOS, pedida, n)
    ramas = [Q(actor=pk) for pk in quienes] or [Q(pk__in=())]
    actos = buscar(usuario, replace(busqueda, persona=""))
    recorrido = Recorrido(actos, ramas, ["actor_id"], mostrar=Evento.objects.select_related("actor"))
    return hojear(partial(recorrido.tramos, MAS_NUEVOS), Evento, MAS_NUEVOS, pedida, n)


def _principio(dia: date) -> datetime:
    return datetime.combine(dia, time.min, tzinfo=timezone.get_current_timezone())


def _personas(texto: str) -> QuerySet[Usuario]:
    """Whoever has that CUI or e-mail, or every word of it in the name."""
    nombre = Q()
    for palabra in clave_busqueda(texto).split():
        nombre &= Q(buscable__contains=palabra)
    partes = [parte for campo in NOMBRES for parte in (F(campo), Value(" "))]
    personas = Usuario.objects.alias(buscable=ClaveBusqueda(Concat(*partes, output_field=TextField())))
    return personas.filter(Q(cui=digitos(texto)) | Q(email=texto) | nombre)


def en_palabras(eventos: list[Evento]) -> list[Asiento]:
    """Those acts as sentences; two queries more, however many."""
    gestiones = Gestion.objects.in_bulk({e.gestion for e in eventos if e.gestion})
    nombres = hechos.nombres_de(eventos)
    return [_asiento(e, gestiones.get(e.gestion or 0), nombres) for e in eventos]


def _asiento(evento: Evento, gestion: Gestion | None, nombres: dict[int, str]) -> Asiento:
    return Asiento(
        evento.pk,
        evento.ocurrido_en,
        evento.gestion,
        TIPOS.get(evento.tipo, evento.tipo),
        hechos.detalle_de(gestion, evento, nombres) if gestion else "",
        hechos.quien(evento),
        evento.resumen,
    )


def todos_en_palabras(eventos: QuerySet[Evento]) -> Iterator[Asiento]:
    """The same for a whole search, in batches: it never stands in memory."""
    filas = eventos.iterator(chunk_size=LOTE)
    while lote := list(islice(filas, LOTE)):
        yield from en_palabras(lote)
