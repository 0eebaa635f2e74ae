"""Reads: what a person has to read and how the outbox stands."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet

from tramites.consultas.paginas import Cuantas, Orden

from .models import Correo, Notificacion

LAS_NUEVAS_ANTES = Orden(("creada_en", "id"), descendente=True)
# The badge counts no further: «99+».
TOPE = 99


def mias(usuario: Any) -> QuerySet[Notificacion]:
    """Someone's own notices, newest first."""
    return Notificacion.objects.filter(destinatario=usuario)


def _sin_leer(destinatario: Any) -> Any:
    """As many as the badge needs, by the index of the unread ones."""
    suyas = Notificacion.objects.filter(destinatario=destinatario, leida_en__isnull=True)
    return suyas.order_by().values("pk")[: TOPE + 1]


# Of an account's row, for whoever asks for a page (`Usuario.objects.de_la_visita`).
SIN_LEER = Cuantas(_sin_leer(OuterRef("pk")))


def sin_leer(usuario: Any) -> int:
    """How many notices the sidebar's badge counts (A5), up to one more than it says; none read since."""
    contadas = getattr(usuario, "sin_leer", None)
    return _sin_leer(usuario).count() if contadas is None else contadas


def olvidar_cuenta(usuario: Any) -> None:
    """One was read meanwhile: the page counts them again."""
    usuario.sin_leer = None


def correos_atrasados(*, hasta: datetime) -> bool:
    """Whether a mail whose turn came by then is still owed: nobody sends them."""
    return Correo.objects.por_enviar(hasta).exists()


def correos_por_estado() -> Counter[str]:
    """How many mails stand in each state; zero for the absent ones."""
    filas = Correo.objects.values_list("estado").annotate(n=Count("pk"))
    return Counter(dict(filas.order_by()))
