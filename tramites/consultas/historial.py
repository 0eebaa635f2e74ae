"""What happened to a Gestión and who has read it, as its owner is told. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario

from ..definicion import Paso, Renglon
from ..eventos import A_MEDIAS, INTERNOS, TipoEvento
from ..models import Estado, Gestion

PAPELES = {papel.value: str(papel.label) for papel in Usuario.Papel}
# What was read, when it is no single document.
LECTURAS = {
    TipoEvento.EXPEDIENTE_LEIDO: "El expediente",
    TipoEvento.DOCUMENTO_LEIDO: "Un archivo",
    TipoEvento.IMPRESO_LEIDO: "Una constancia",
    TipoEvento.EXPEDIENTE_EXPORTADO: "Una copia de todo el expediente",
}
# By the key that its reading keeps.
IMPRESOS = {
    "constancia": "Constancia de recepción",
    "previo": "Aviso de previo",
    "admision": "Constancia de admisión",
}
# What the person is told of by mail, and how its delivery ended.
AVISADOS = (
    TipoEvento.ENVIADA,
    TipoEvento.REENVIADA,
    TipoEvento.PREVIO_EMITIDO,
    TipoEvento.ADMITIDA,
    TipoEvento.AVISO_DE_ARCHIVADO,
    TipoEvento.ARCHIVADA,
    TipoEvento.DESARCHIVADA,
    TipoEvento.AVISO_ENTREGADO,
    TipoEvento.AVISO_FALLIDO,
)


@dataclass(frozen=True)
class Hecho:
    """A line of the history, in words; `actor` only where the office reads it."""

    ocurrido_en: datetime
    texto: str
    detalle: str = ""
    devuelta: bool = False
    actor: str = ""


def eventos_de(gestion: Gestion, *tipos: TipoEvento) -> list[Evento]:
    """What the log holds of the Gestión, or that of some kinds, newest first; one query."""
    return list(
        Evento.objects.filter(gestion=gestion.numero, tipo__in=tipos or TipoEvento.values).order_by("-id")
    )


def historial(gestion: Gestion, eventos: list[Evento], *, hasta_lo_enviado: bool = False) -> list[Hecho]:
    """What happened to the Gestión, newest first, without what only the office reads.

    `eventos` are all of its own; `hasta_lo_enviado` leaves out what its owner is correcting.
    """
    if hasta_lo_enviado and _por_enviar(gestion):
        previo = next((e.pk for e in eventos if e.tipo == TipoEvento.PREVIO_EMITIDO), 0)
        eventos = [e for e in eventos if e.tipo not in A_MEDIAS or e.pk <= previo]
    return [
        Hecho(
            e.ocurrido_en,
            str(TipoEvento(e.tipo).label),
            _detalle(gestion, e),
            e.tipo == TipoEvento.PREVIO_EMITIDO,
        )
        for e in eventos
        if e.tipo not in INTERNOS
    ]


def sin_lo_no_enviado(gestion: Gestion, eventos: QuerySet[Evento]) -> QuerySet[Evento]:
    """Without the correction in course: it is its owner's alone until it is sent again (matriz.md §4)."""
    if not _por_enviar(gestion):
        return eventos
    previos = Evento.objects.filter(gestion=gestion.numero, tipo=TipoEvento.PREVIO_EMITIDO).order_by("-id")
    return eventos.exclude(tipo__in=A_MEDIAS, id__gt=Subquery(previos.values("id")[:1]))


def _por_enviar(gestion: Gestion) -> bool:
    return Estado.OBSERVADA in (gestion.estado, gestion.estado_al_archivar)


@dataclass(frozen=True)
class Lectura:
    """What somebody of ONSEC read on a day, and how many times."""

    ultima: datetime
    papel: str
    que: str
    veces: int


def lecturas(gestion: Gestion, eventos: list[Evento] | None = None) -> list[Lectura]:
    """«Quién ha visto mi expediente»: the reads of ONSEC's staff by day and role, newest first."""
    if eventos is None:
        eventos = eventos_de(gestion, *LECTURAS)
    grupos: dict[tuple[date, str, str], list[datetime]] = {}
    for e in eventos:
        if e.tipo not in LECTURAS:
            continue
        que = _detalle(gestion, e) or LECTURAS[TipoEvento(e.tipo)]
        dia = timezone.localdate(e.ocurrido_en)
        grupos.setdefault((dia, PAPELES.get(e.papel, "Sistema"), que), []).append(e.ocurrido_en)
    return [Lectura(horas[0], papel, que, len(horas)) for (_, papel, que), horas in grupos.items()]


def aviso_fallido(gestion: Gestion, eventos: list[Evento] | None = None) -> bool:
    """Whether the last notice owed to the person was not delivered (matriz.md §7)."""
    if eventos is None:
        eventos = eventos_de(gestion, *AVISADOS)
    ultimo = next((e for e in eventos if e.tipo in AVISADOS), None)
    return ultimo is not None and ultimo.tipo == TipoEvento.AVISO_FALLIDO


def _detalle(gestion: Gestion, evento: Evento) -> str:
    datos = evento.datos
    if "paso" in datos:
        anulado = ". El formulario impreso anterior perdió vigencia" if "anula_formulario" in datos else ""
        return f"{paso_guardado(gestion, datos)}{anulado}"
    if "papel" in datos:
        return IMPRESOS[datos["papel"]]
    if "renglon" in datos:
        return en_letras(gestion.lugar(renglon=datos["renglon"]))
    return ""


def paso_guardado(gestion: Gestion, datos: Mapping[str, Any]) -> str:
    """The step that an event says was saved, by the number that the person saw then."""
    # Before it kept the key, its number was that of the definition.
    clave = datos.get("clave") or next(p.clave for p in gestion.definicion.pasos if p.numero == datos["paso"])
    return f"Paso {datos['paso']}, {gestion.definicion.paso(clave).nombre}"


def en_letras(lugar: Renglon | Paso) -> str:
    """«Documento 3.2, Certificación de nacimiento», «Paso 2, Datos del Beneficiario»."""
    return f"{lugar.rotulo}, {lugar.nombre}"
