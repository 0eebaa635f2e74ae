"""What the pages read: lists, the documents' table, the history. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from territorio.orden import clave_busqueda

from .. import plazo
from ..definicion import Requisito
from ..eventos import INTERNOS, TipoEvento
from ..models import CasoDePrevio, Comprobante, Documento, Envio, Estado, Gestion, Previo
from ..models.correccion import Correccion

ABIERTAS = (Estado.RECIBIDA, Estado.OBSERVADA)
LECTURAS = (TipoEvento.EXPEDIENTE_LEIDO, TipoEvento.DOCUMENTO_LEIDO)
# What the person is told of by mail, and how its delivery ended.
AVISADOS = (
    TipoEvento.ENVIADA,
    TipoEvento.REENVIADA,
    TipoEvento.PREVIO_EMITIDO,
    TipoEvento.ADMITIDA,
    TipoEvento.AVISO_ARCHIVO,
    TipoEvento.ARCHIVADA,
    TipoEvento.DESARCHIVADA,
    TipoEvento.AVISO_ENTREGADO,
    TipoEvento.AVISO_FALLIDO,
)


def mis_solicitudes(usuario: Any, *, texto: str = "", solo_previos: bool = False) -> list[Gestion]:
    """The person's Gestiones in order of number (C3), those that match `texto` (C4, C4b).

    A person has a handful, so the match is made here, where a part of a date or of a state's name
    means the same on every database.
    """
    gestiones = Gestion.objects.de(usuario).order_by("numero")
    if solo_previos:
        gestiones = gestiones.filter(estado=Estado.OBSERVADA)
    buscado = clave_busqueda(texto.strip())
    halladas = [g for g in gestiones if coincide(g, buscado)]
    return sorted(halladas, key=lambda g: (str(g.numero) != buscado, g.numero))


def coincide(gestion: Gestion, buscado: str) -> bool:
    """Whether number (exact), state or badge (part), or date (part, with - or /) is that text."""
    estado = Estado(gestion.estado)
    leido = clave_busqueda(f"{estado.label} {estado.distintivo}")
    fecha = f"{gestion.fecha_ingreso:%d-%m-%Y}"
    return str(gestion.numero) == buscado or buscado in leido or buscado.replace("/", "-") in fecha


def borrador_abierto(usuario: Any) -> Gestion | None:
    """The person's newest draft, offered before opening another (C6)."""
    return Gestion.objects.filter(solicitante=usuario, estado=Estado.CREACION).order_by("-numero").first()


def en_tramite(usuario: Any) -> Gestion | None:
    """The person's newest Gestión that ONSEC has or has returned (C6)."""
    return Gestion.objects.filter(solicitante=usuario, estado__in=ABIERTAS).order_by("-numero").first()


def documento_de(gestion: Gestion, pk: Any) -> Documento:
    """A file of this Gestión and no other (S15); `Documento.DoesNotExist` otherwise."""
    documento = next((d for d in gestion.documentos_vigentes if d.pk == pk), None)
    if documento is None:
        raise Documento.DoesNotExist
    return documento


def envio_verificado(codigo: str) -> Envio | None:
    """The sending that a receipt's code names, whatever spaces or hyphens it was typed with."""
    return Envio.objects.select_related("gestion").filter(codigo=codigo_limpio(codigo)).first()


def comprobante_verificado(codigo: str) -> Comprobante | None:
    """The paper of a decision that a code names, typed as it may be."""
    return Comprobante.objects.filter(codigo=codigo_limpio(codigo)).first()


def codigo_limpio(codigo: str) -> str:
    """A code without the spaces or hyphens with which it was typed."""
    return "".join(c for c in codigo.upper() if c.isalnum())


@dataclass(frozen=True, kw_only=True)
class Renglon:
    """A row of step 6: the requirement, its files, and what its owner may do with them.

    `anteriores` are of an older printed form; `casos` say what to correct; `por_firmar`, that the
    form must be signed again because of an observed step; `falta`, that nothing new came yet;
    `observados` are the files it speaks of that still stand.
    """

    requisito: Requisito
    archivos: tuple[Documento, ...]
    anteriores: frozenset[UUID]
    verificados: frozenset[UUID]
    eliminables: frozenset[UUID]
    observados: frozenset[UUID]
    casos: tuple[CasoDePrevio, ...]
    abierto: bool
    por_firmar: bool
    falta: bool

    @property
    def al_dia(self) -> bool:
        """Whether it holds a file that counts."""
        return any(d.pk not in self.anteriores for d in self.archivos)

    @property
    def observado(self) -> bool:
        """Whether its number goes in red (E1)."""
        return bool(self.casos) or self.por_firmar


def renglones(gestion: Gestion, correccion: Correccion | None = None) -> list[Renglon]:
    """The documents' table, in a fixed number of queries."""
    correccion = correccion or Correccion(gestion)
    return [_renglon(correccion, requisito) for requisito in gestion.definicion.requisitos]


def _renglon(correccion: Correccion, requisito: Requisito) -> Renglon:
    gestion, n = correccion.gestion, requisito.numero
    archivos = tuple(d for d in gestion.documentos_vigentes if d.renglon == n)
    vigente, es_formulario = gestion.formulario_vigente, n == gestion.definicion.renglon_formulario
    de_otra = {d.pk for d in archivos if not vigente or d.version_formulario_id != vigente.pk}
    return Renglon(
        requisito=requisito,
        archivos=archivos,
        anteriores=frozenset(de_otra if es_formulario else ()),
        verificados=frozenset(d.pk for d in archivos if correccion.verificado(d)),
        observados=frozenset(d.pk for d in correccion.observados_presentes() if d.renglon == n),
        eliminables=frozenset(d.pk for d in archivos if correccion.puede_eliminar(d)),
        casos=tuple(correccion.casos_de(n)),
        abierto=n in correccion.abiertos,
        por_firmar=es_formulario and bool(correccion.pasos),
        falta=n in correccion.sin_archivo_nuevo(),
    )


@dataclass(frozen=True)
class Hecho:
    """A line of the history, in words."""

    ocurrido_en: datetime
    texto: str
    detalle: str = ""
    devuelta: bool = False


def historial(gestion: Gestion) -> list[Hecho]:
    """What happened to the Gestión, newest first, without what only the office reads; one query."""
    eventos = (
        Evento.objects.filter(gestion=gestion.numero, tipo__in=TipoEvento.values)
        .exclude(tipo__in=INTERNOS)
        .order_by("-id")
    )
    return [
        Hecho(
            e.ocurrido_en,
            str(TipoEvento(e.tipo).label),
            _detalle(gestion, e),
            e.tipo == TipoEvento.PREVIO_EMITIDO,
        )
        for e in eventos
    ]


@dataclass(frozen=True)
class Lectura:
    """What somebody of ONSEC read on a day, and how many times."""

    ultima: datetime
    papel: str
    que: str
    veces: int


def lecturas(gestion: Gestion) -> list[Lectura]:
    """«Quién ha visto mi expediente»: the reads of ONSEC's staff by day and role, newest first; one query."""
    eventos = Evento.objects.filter(gestion=gestion.numero, tipo__in=LECTURAS).order_by("-id")
    grupos: dict[tuple[date, str, str], list[datetime]] = {}
    for e in eventos:
        que = _detalle(gestion, e) or "El expediente"
        dia = timezone.localdate(e.ocurrido_en)
        grupos.setdefault((dia, str(Usuario.Papel(e.papel).label), que), []).append(e.ocurrido_en)
    return [Lectura(horas[0], papel, que, len(horas)) for (_, papel, que), horas in grupos.items()]


def aviso_fallido(gestion: Gestion) -> bool:
    """Whether the last notice owed to the person was not delivered (matriz.md §7)."""
    ultimo = Evento.objects.filter(gestion=gestion.numero, tipo__in=AVISADOS).order_by("-id").first()
    return ultimo is not None and ultimo.tipo == TipoEvento.AVISO_FALLIDO


def previos_de(gestion: Gestion) -> list[Previo]:
    """Every previo with its cases, newest first; two queries."""
    return list(gestion.previos.prefetch_related("casos").order_by("-ronda"))


def _detalle(gestion: Gestion, evento: Evento) -> str:
    datos = evento.datos
    if "paso" in datos:
        paso = next(p for p in gestion.definicion.pasos if p.numero == datos["paso"])
        anulado = ". El formulario impreso anterior perdió vigencia" if "anula_formulario" in datos else ""
        return f"Paso {paso.numero}, {paso.nombre}{anulado}"
    if "renglon" in datos:
        requisito = gestion.definicion.requisito(datos["renglon"])
        return f"Documento {requisito.numero}, {requisito.nombre}"
    return ""


@dataclass(frozen=True)
class Plazo:
    """The archive clock as the person sees it (mensajes.md §7)."""

    base: date
    ultimo_dia: date
    archivar_el: date
    quedan: int
    meses: int
    pasados: int

    @property
    def regla(self) -> list[bool]:
        """A segment for each month: whether it has passed."""
        return [mes < self.pasados for mes in range(self.meses)]


def plazo_de(gestion: Gestion, hoy: date) -> Plazo | None:
    """None while the clock does not run."""
    base, meses, ultimo = gestion.base_plazo, gestion.meses_archivo, gestion.ultimo_dia
    if ultimo is None or base is None:
        return None
    pasados = sum(plazo.ultimo_dia(base, n) <= hoy for n in range(1, meses + 1))
    return Plazo(base, ultimo, ultimo + timedelta(days=1), (ultimo - hoy).days, meses, pasados)


def faltan_convenientes(gestion: Gestion) -> list[str]:
    """Labels of the fields left empty for which ONSEC may return it (B2.7)."""
    hoy = timezone.localdate()
    faltan = []
    for clave, campos in gestion.definicion.campos_convenientes.items():
        formulario = gestion.formulario(gestion.definicion.paso(clave), hoy)
        faltan += [str(formulario.fields[c].label) for c in campos if not (formulario.data or {}).get(c)]
    return faltan


def ultimo_envio(gestion: Gestion) -> Envio | None:
    """The newest sending, from what is prefetched."""
    return max(gestion.envios.all(), key=lambda e: e.ronda, default=None)
