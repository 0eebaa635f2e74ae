"""The owner asks that a datum of what was sent be put right; nothing that was sent changes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import AsuetoExtra, Rectificacion
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import AccionRechazada

from .guarda import con_candado, hecho_con

DIAS_HABILES = 30  # Decreto 57-2008, article 34
# As many as anybody needs while the first is answered.
MAXIMO, VENTANA = 10, timedelta(days=30)


def pedir_rectificacion(
    *, numero: int, actor: Any, texto: str, ficha: UUID, ahora: datetime
) -> Rectificacion:
    """Annotate the request, with its folio and the date by which it is answered; the log holds no text.

    The same `ficha` twice is one request (S13). It is no act that moves the archive's clock (matriz.md
    §6). Raises `AccionRechazada` when empty or one too many, and `Conflicto` while nothing was sent.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "pedir_rectificacion")
        if hecha := hecho_con(Rectificacion, ficha, gestion):
            return hecha
        if not texto.strip():
            raise AccionRechazada("Escriba qué dato está mal y qué debe decir.")
        if gestion.rectificaciones.filter(pedida_en__gt=ahora - VENTANA).count() >= MAXIMO:
            raise AccionRechazada(
                f"Ya hizo {MAXIMO} peticiones en {VENTANA.days} días. Espere la respuesta o llame a ONSEC."
            )
        calendario = AsuetoExtra.objects.calendario()
        limite = calendario.despues(timezone.localdate(ahora), DIAS_HABILES)
        peticion = gestion.rectificaciones.create(
            ficha=ficha, texto=texto.strip(), pedida_en=ahora, responder_antes_de=limite
        )
        gestion.save(update_fields=["ultimo_acto_en"])
        Evento.objects.registrar(
            TipoEvento.SOLICITUD_DATOS,
            actor=actor,
            gestion=numero,
            ahora=ahora,
            datos={"folio": peticion.folio, "fecha": limite.isoformat()},
        )
        return peticion
