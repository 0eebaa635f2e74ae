"""What the pages read: lists, the documents' table, the history. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from bitacora.models import Evento
from territorio.orden import clave_busqueda

from ..definicion import Requisito
from ..eventos import TipoEvento
from ..models import Documento, Envio, Estado, Gestion

DISTINTIVO = {Estado.OBSERVADA: "RECHAZADA"}
ABIERTAS = (Estado.RECIBIDA, Estado.OBSERVADA)


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
    estado = clave_busqueda(f"{gestion.get_estado_display()} {DISTINTIVO.get(Estado(gestion.estado), '')}")
    fecha = f"{gestion.fecha_ingreso:%d-%m-%Y}"
    return str(gestion.numero) == buscado or buscado in estado or buscado.replace("/", "-") in fecha


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
    limpio = "".join(c for c in codigo.upper() if c.isalnum())
    return Envio.objects.select_related("gestion").filter(codigo=limpio).first()


@dataclass(frozen=True)
class Renglon:
    """A row of step 6: the requirement, its files, and which of them are of an older printed form."""

    requisito: Requisito
    archivos: tuple[Documento, ...]
    anteriores: frozenset[Any]

    @property
    def al_dia(self) -> bool:
        """Whether it holds a file that counts."""
        return any(d.pk not in self.anteriores for d in self.archivos)


def renglones(gestion: Gestion) -> list[Renglon]:
    """The documents' table, from what is already prefetched."""
    vigente = gestion.formulario_vigente
    documentos = gestion.documentos_vigentes
    anteriores = frozenset(
        d.pk
        for d in documentos
        if d.renglon == gestion.definicion.renglon_formulario
        and (vigente is None or d.version_formulario_id != vigente.pk)
    )
    return [
        Renglon(r, tuple(d for d in documentos if d.renglon == r.numero), anteriores)
        for r in gestion.definicion.requisitos
    ]


@dataclass(frozen=True)
class Hecho:
    """A line of the history, in words."""

    ocurrido_en: datetime
    texto: str
    detalle: str = ""


def historial(gestion: Gestion) -> list[Hecho]:
    """What happened to the Gestión, newest first; one query."""
    eventos = Evento.objects.filter(gestion=gestion.numero, tipo__in=TipoEvento.values).order_by("-id")
    return [Hecho(e.ocurrido_en, str(TipoEvento(e.tipo).label), _detalle(gestion, e)) for e in eventos]


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

    ultimo_dia: date
    archivar_el: date
    quedan: int


def plazo_de(gestion: Gestion, hoy: date) -> Plazo | None:
    """None while the clock does not run."""
    if gestion.archivar_el is None:
        return None
    ultimo = gestion.archivar_el - timedelta(days=1)
    return Plazo(ultimo, gestion.archivar_el, (ultimo - hoy).days)


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
