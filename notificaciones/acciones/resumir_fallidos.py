"""The daily summary of the notices that failed (matriz.md §7, `aviso_fallido`)."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario

from ..models import FallaPorContar, Notificacion

PLANTILLA = "resumen_fallidos"


@transaction.atomic
def resumir_fallidos(*, hasta: date, ahora: datetime) -> bool:
    """Leave jefatura one notice with the Gestiones whose notices failed; whether there were any to tell.

    It covers what no summary told yet up to the end of `hasta`, Guatemala's: the days on which nobody ran it
    too, and what committed after a later one was told. Of two at once, one tells them; without anybody in
    jefatura they wait.
    """
    personal = Usuario.objects.filter(tipo=Usuario.Tipo.PERSONAL, is_active=True)
    jefatura = list(personal.filter(papel=Usuario.Papel.JEFATURA))
    por_contar = FallaPorContar.objects.select_for_update(skip_locked=True, of=("self",))
    esperan = por_contar.select_related("evento").filter(evento__ocurrido_en__date__lte=hasta)
    fallas = [falla.evento for falla in esperan.order_by("evento")] if jefatura else []
    if not fallas:
        return False
    FallaPorContar.objects.filter(evento__in=fallas).delete()
    contexto = {
        "numeros": ", ".join(str(n) for n in sorted({e.gestion for e in fallas if e.gestion})),
        "boton": "Abrir la mesa",
        "enlace": reverse("mesa"),
    }
    Notificacion.objects.bulk_create(
        Notificacion(
            evento=fallas[-1],
            destinatario=jefe,
            plantilla=PLANTILLA,
            asunto=f"Avisos que no se entregaron {_cuando(fallas)}",
            contexto=contexto,
            creada_en=ahora,
        )
        for jefe in jefatura
    )
    return True


def _cuando(fallas: list[Evento]) -> str:
    """«el 11-06-2024», or «del 11-06-2024 al 13-06-2024» when it covers several days."""
    dias = [timezone.localdate(falla.ocurrido_en) for falla in fallas]
    primero, ultimo = min(dias), max(dias)
    if primero == ultimo:
        return f"el {primero:%d-%m-%Y}"
    return f"del {primero:%d-%m-%Y} al {ultimo:%d-%m-%Y}"
