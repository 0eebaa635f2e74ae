"""A notice reached its owner, which starts the clock (matriz.md §6, FB0)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import AvisoDeArchivado, Estado, Gestion
from tramites.reglas.notificacion import evento_del_previo


class Medio(models.TextChoices):
    """How it reached its owner: the SMTP server's 250, opened in the portal, or told by hand."""

    CORREO = "correo"
    PORTAL = "portal"
    MANO = "mano"


def registrar_entrega(
    *, evento_id: int, entregado_en: datetime, medio: Medio, actor: Any = None, ahora: datetime | None = None
) -> bool:
    """Note that the notice of an event was delivered; True the first time. Repeating changes nothing.

    For the current previo it sets `notificada_en` and starts the archive's clock; for a reminder, it allows
    the archiving. Other notices are noted only if they had failed before. `ahora` is the moment of noting
    it, by default `entregado_en`.
    """
    evento = Evento.objects.get(pk=evento_id)
    anotar, fallado = ENTREGAS.get(evento.tipo), _fallado(evento)
    if evento.gestion is None or not (anotar or fallado):
        return False
    with transaction.atomic():
        gestion = Gestion.objects.select_for_update().get(pk=evento.gestion)
        momento = gestion.momento(ahora or entregado_en)
        primera = anotar is not None and anotar(gestion, evento, entregado_en)
        if not (primera or fallado):
            return False
        gestion.save(update_fields=["ultimo_acto_en"])
        Evento.objects.registrar(
            TipoEvento.AVISO_ENTREGADO,
            actor=actor,
            gestion=gestion.numero,
            ahora=momento,
            datos={"aviso": evento.tipo, "evento": evento.pk, "medio": str(medio)},
        )
        return True


def _fallado(evento: Evento) -> bool:
    """Whether the last event about the notice of `evento` says that it failed."""
    finales = Evento.objects.filter(
        gestion=evento.gestion,
        tipo__in=(TipoEvento.AVISO_FALLIDO, TipoEvento.AVISO_ENTREGADO),
        datos__evento=evento.pk,
    )
    ultimo = finales.order_by("id").last()
    return ultimo is not None and ultimo.tipo == TipoEvento.AVISO_FALLIDO


def _notificar(gestion: Gestion, evento: Evento, entregado_en: datetime) -> bool:
    if gestion.notificada_en or evento != evento_del_previo(gestion.numero):
        return False
    gestion.notificada_en = entregado_en
    if gestion.estado == Estado.OBSERVADA:
        gestion.correr_plazo(timezone.localdate(_base(gestion, entregado_en)))
    gestion.save(update_fields=["notificada_en", "base_plazo", "ciclo", "archivar_el"])
    return True


def _base(gestion: Gestion, entregado_en: datetime) -> datetime:
    """The latest of being told, the owner's last act and coming back from the archive (matriz.md §6)."""
    vueltas = Evento.objects.filter(gestion=gestion.numero, tipo=TipoEvento.DESARCHIVADA)
    return max(entregado_en, gestion.ultima_accion_en, *vueltas.values_list("ocurrido_en", flat=True))


def _avisar(gestion: Gestion, evento: Evento, entregado_en: datetime) -> bool:
    aviso = AvisoDeArchivado.objects.filter(evento=evento, entregado_en=None)
    return aviso.update(entregado_en=entregado_en) == 1


ENTREGAS: dict[str, Callable[[Gestion, Evento, datetime], bool]] = {
    TipoEvento.PREVIO_EMITIDO: _notificar,
    TipoEvento.AVISO_DE_ARCHIVADO: _avisar,
}
