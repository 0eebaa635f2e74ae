"""The daily summary of the notices that failed (matriz.md §7, `aviso_fallido`)."""

from datetime import date, datetime

from django.urls import reverse

from bitacora.models import Evento
from cuentas.models import Usuario
from tramites.eventos import TipoEvento

from .models import Notificacion

PLANTILLA = "resumen_fallidos"


def resumir_fallidos(*, dia: date, ahora: datetime) -> bool:
    """Leave jefatura one notice with the Gestiones whose notices failed that day; whether there were any.

    It hangs from the day's last failure, so that repeating it, or two at once, leaves one.
    """
    fallas = list(Evento.objects.filter(tipo=TipoEvento.AVISO_FALLIDO, ocurrido_en__date=dia).order_by("id"))
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
                asunto=f"Avisos que no se entregaron el {dia:%d-%m-%Y}",
                contexto=contexto,
                creada_en=ahora,
            )
            for jefe in Usuario.objects.filter(papel=Usuario.Papel.JEFATURA, is_active=True)
        ),
        ignore_conflicts=True,
    )
    return True
