"""The office notified by hand what the mail could not: the clock starts that day (FB0)."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from bitacora.models import Evento
from tramites.models import Gestion
from tramites.reglas.notificacion import evento_del_previo, previo_sin_entregar
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import AccionRechazada, Conflicto

from .guarda import con_candado_de_onsec
from .registrar_entrega import Medio, registrar_entrega


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
