"""The mail of a previo as its owner will get it, or got it. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from bitacora.models import Evento
from notificaciones.avisos.acto import Acto
from notificaciones.avisos.previo import redactado
from notificaciones.avisos.tabla import PREVIO
from notificaciones.correo.redaccion import redactar
from notificaciones.models import Correo
from tramites.eventos import TipoEvento
from tramites.models import Estado, Gestion, Resultado


@dataclass(frozen=True)
class VistaPrevia:
    """A mail as its reader gets it."""

    asunto: str
    texto: str
    html: str


def vista_previa_previo(*, gestion: Gestion, motivo: str, ahora: datetime) -> VistaPrevia | None:
    """The very mail that the verdicts of this round would send with that motive, were it issued `ahora`.

    Once decided, the mail of the last previo; None if there was none.
    """
    en_revision = gestion.estado == Estado.RECIBIDA
    correo = _por_emitir(gestion, motivo, ahora) if en_revision else _emitido(gestion)
    if correo is None:
        return None
    mail = redactar(correo)
    html, _ = mail.alternatives[0]
    return VistaPrevia(str(mail.subject), str(mail.body), str(html))


def _por_emitir(gestion: Gestion, motivo: str, ahora: datetime) -> Correo:
    observados = gestion.veredictos.filter(ronda=gestion.ronda, resultado=Resultado.OBSERVADO)
    acto = Acto(Evento(tipo=TipoEvento.PREVIO_EMITIDO, ocurrido_en=ahora, gestion=gestion.numero), gestion)
    return PREVIO.correo(acto, gestion.solicitante, redactado(gestion, motivo, observados))


def _emitido(gestion: Gestion) -> Correo | None:
    return Correo.objects.filter(gestion=gestion.numero, plantilla=PREVIO.plantilla).order_by("pk").last()
