"""The daily summary of the notices that failed (matriz.md §7, `aviso_fallido`)."""

from datetime import date, datetime

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from tramites.eventos import TipoEvento

from .models import Notificacion

PLANTILLA = "resumen_fallidos"


def resumir_fallidos(*, hasta: date, ahora: datetime) -> bool:
    """Leave jefatura one notice with the Gestiones whose notices failed; whether there were any.

    It covers what no summary told yet up to the end of `hasta`, Guatemala's: the days on which nobody ran it
    too. It hangs from the last of those failures, so that repeating it, or two at once, leaves one.
    """
    fallas = list(_sin_contar().filter(ocurrido_en__date__lte=hasta).order_by("id"))
    if not fallas:
        return False
    contexto = {
        "numeros": ", ".join(str(n) for n in sorted({e.gestion for e in fallas if e.gestion})),
        "boton": "Abrir la mesa",
        "enlace": reverse("mesa"),
    }
    Notificacion.objects.bulk_create(
        (
            Notificacion(
                evento=fallas[-1],
                destinatario=jefe,
                plantilla=PLANTILLA,
                asunto=f"Avisos que no se entregaron {_cuando(fallas)}",
                contexto=contexto,
                creada_en=ahora,
            )
            for jefe in Usuario.objects.filter(papel=Usuario.Papel.JEFATURA, is_active=True)
        ),
        ignore_conflicts=True,
    )
    return True


def _sin_contar() -> QuerySet[Evento]:
    """The failures after the last one that a summary told of."""
    contada = Notificacion.objects.filter(plantilla=PLANTILLA).aggregate(ultima=Max("evento"))["ultima"]
    return Evento.objects.filter(tipo=TipoEvento.AVISO_FALLIDO, id__gt=contada or 0)


def _cuando(fallas: list[Evento]) -> str:
    """«el 11-06-2024», or «del 11-06-2024 al 13-06-2024» when it covers several days."""
    dias = [timezone.localdate(falla.ocurrido_en) for falla in fallas]
    primero, ultimo = min(dias), max(dias)
    if primero == ultimo:
        return f"el {primero:%d-%m-%Y}"
    return f"del {primero:%d-%m-%Y} al {ultimo:%d-%m-%Y}"
