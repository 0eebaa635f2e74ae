"""The daily summary of the notices that failed (matriz.md §7, `aviso_fallido`)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from tramites.eventos import TipoEvento

from .models import FallaContada, Notificacion

PLANTILLA = "resumen_fallidos"


def resumir_fallidos(*, hasta: date, ahora: datetime) -> bool:
    """Leave jefatura one notice with the Gestiones whose notices failed; whether there were any to tell.

    It covers what no summary told yet up to the end of `hasta`, Guatemala's: the days on which nobody ran it
    too, and what committed after a later one was told. Of two at once, one tells them; without anybody in
    jefatura they wait.
    """
    fallas = list(_sin_contar().filter(ocurrido_en__date__lte=hasta).order_by("id"))
    jefatura = list(Usuario.objects.filter(papel=Usuario.Papel.JEFATURA, is_active=True))
    if not (fallas and jefatura):
        return False
    try:
        _contar(fallas, jefatura, ahora)
    except IntegrityError:
        return False
    return True


def _sin_contar() -> QuerySet[Evento]:
    """The failures that no summary told of."""
    contadas = FallaContada.objects.filter(evento=OuterRef("pk"))
    return Evento.objects.filter(~Exists(contadas), tipo=TipoEvento.AVISO_FALLIDO)


@transaction.atomic
def _contar(fallas: list[Evento], jefatura: list[Usuario], ahora: datetime) -> None:
    """Tell them, each this once. IntegrityError if another run told some meanwhile."""
    FallaContada.objects.bulk_create(FallaContada(evento=falla) for falla in fallas)
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


def _cuando(fallas: list[Evento]) -> str:
    """«el 11-06-2024», or «del 11-06-2024 al 13-06-2024» when it covers several days."""
    dias = [timezone.localdate(falla.ocurrido_en) for falla in fallas]
    primero, ultimo = min(dias), max(dias)
    if primero == ultimo:
        return f"el {primero:%d-%m-%Y}"
    return f"del {primero:%d-%m-%Y} al {ultimo:%d-%m-%Y}"
