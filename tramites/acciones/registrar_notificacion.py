"""The office notified by hand what the mail could not: the clock starts that day (FB0)."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from bitacora.models import Evento
from tramites.eventos import TipoEvento
from tramites.models import Gestion

from .guarda import AccionRechazada, Conflicto, con_candado_de_onsec
from .permisos import exigir
from .registrar_entrega import Medio, evento_del_previo, registrar_entrega

AVISADO = (TipoEvento.PREVIO_EMITIDO, TipoEvento.AVISO_FALLIDO)


def registrar_notificacion(*, numero: int, actor: Any, fecha: date, medio: str, ahora: datetime) -> Gestion:
    """Note that the person was notified of the previo on `fecha`, Guatemala's, and by which means.

    The means, free text, stays in an internal note and out of the log. Raises `AccionRechazada` for
    a date outside previo-today or no means; `Conflicto` unless the previo's mail failed; `NoPermitido`.
    """
    with transaction.atomic():
        gestion = con_candado_de_onsec(numero)
        ahora = gestion.momento(ahora)
        exigir(gestion, actor, "registrar_notificacion")
        if not previo_sin_entregar(gestion):
            raise Conflicto("El aviso de este previo no ha fallado. No hace falta registrarlo.")
        evento = evento_del_previo(numero)
        assert evento  # noqa: S101  (a failed notice has its act)
        _exigir_datos(fecha, medio, evento, timezone.localdate(ahora))
        registrar_entrega(
            evento_id=evento.pk,
            entregado_en=_momento(fecha, ahora),
            medio=Medio.MANO,
            actor=actor,
            ahora=ahora,
        )
        texto = f"Notificación a mano el {fecha:%d-%m-%Y}: {medio.strip()}"
        gestion.notas.create(autor=actor, texto=texto, escrita_en=ahora)
        gestion.refresh_from_db()
        return gestion


def previo_sin_entregar(gestion: Gestion, avisos: Iterable[Evento] | None = None) -> bool:
    """Whether the mail of the current previo failed for good and nobody has been notified since.

    `avisos` are its notices' events, newest first, when they were read already.
    """
    if gestion.notificada_en:
        return False
    if avisos is None:
        avisos = Evento.objects.filter(gestion=gestion.numero, tipo__in=AVISADO).order_by("-id")
    eventos = list(avisos)
    previo = next((e.pk for e in eventos if e.tipo == TipoEvento.PREVIO_EMITIDO), None)
    fallados = {e.datos.get("evento") for e in eventos if e.tipo == TipoEvento.AVISO_FALLIDO}
    return previo is not None and previo in fallados


def _exigir_datos(fecha: date, medio: str, evento: Evento, hoy: date) -> None:
    if fecha > hoy:
        raise AccionRechazada("La fecha de la notificación no puede ser futura. Revísela.")
    if fecha < timezone.localdate(evento.ocurrido_en):
        raise AccionRechazada("La fecha de la notificación no puede ser anterior al previo. Revísela.")
    if not medio.strip():
        raise AccionRechazada("Escriba por qué medio notificó a la persona.")


def _momento(fecha: date, ahora: datetime) -> datetime:
    """The end of that day, or now if it is today: only the date is known."""
    fin = datetime.combine(fecha, time.max, tzinfo=timezone.get_current_timezone())
    return min(fin, ahora)
