"""A file that was kept is not where it was left: the log says so, and who can have it recovered is told."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Gestion

logger = logging.getLogger(__name__)


@transaction.atomic
def denunciar_perdido(*, numero: int, archivo: str, ahora: datetime) -> None:
    """An error of the technical log each time that somebody asks for it, and one event a day.

    `archivo` is its name in the storage, which says nothing of anybody.
    """
    logger.error("archivo_perdido: %s", archivo)
    Gestion.objects.select_for_update().get(pk=numero)
    dichos = Evento.objects.filter(gestion=numero, tipo=TipoEvento.ARCHIVO_PERDIDO, datos__archivo=archivo)
    if not dichos.filter(ocurrido_en__date=timezone.localdate(ahora)).exists():
        Evento.objects.registrar(
            TipoEvento.ARCHIVO_PERDIDO, gestion=numero, ahora=ahora, datos={"archivo": archivo}
        )
