"""`avisar`: leave written whom each act must tell; rows only, nothing is sent here."""

from collections.abc import Iterable

from django.db import connection

from bitacora.models import Evento

from ..avisos.acto import actos
from ..avisos.tabla import AVISOS
from ..correo.salida import depositar
from ..models import Notificacion
from .avisar_un_lote import avisar_un_lote


def avisar(eventos: Iterable[Evento]) -> None:
    """Insert the acts' notices in their own transaction: if the act is undone, so are they."""
    con_aviso = [evento for evento in eventos if AVISOS.get(evento.tipo)]
    if len(con_aviso) > 1 and connection.vendor == "postgresql":
        avisar_un_lote(con_aviso)
    else:
        _avisar_de_cada_uno(con_aviso)


def _avisar_de_cada_uno(eventos: list[Evento]) -> None:
    notificaciones, correos = [], []
    for acto in actos(eventos):
        for aviso in AVISOS[acto.evento.tipo]:
            if not aviso.procede(acto):
                continue
            for persona in aviso.destinatarios(acto):
                if aviso.en_portal:
                    notificaciones.append(aviso.notificacion(acto, persona))
                if aviso.por_correo:
                    correos.append(aviso.correo(acto, persona))
    Notificacion.objects.bulk_create(notificaciones)
    depositar(correos)
