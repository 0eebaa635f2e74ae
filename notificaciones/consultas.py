"""Reads: what a person has to read and how the outbox stands."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from .models import Correo, Notificacion


def mias(usuario: Any) -> QuerySet[Notificacion]:
    """Someone's own notices, newest first."""
    return Notificacion.objects.filter(destinatario=usuario)


def sin_leer(usuario: Any) -> int:
    """How many notices the sidebar's badge counts (A5)."""
    return mias(usuario).filter(leida_en__isnull=True).count()


def correos_atrasados(*, hasta: datetime) -> bool:
    """Whether a mail whose turn came by then is still owed: nobody sends them."""
    return Correo.objects.por_enviar(hasta).exists()


def correos_por_estado() -> Counter[str]:
    """How many mails stand in each state; zero for the absent ones."""
    filas = Correo.objects.values_list("estado").annotate(n=Count("pk"))
    return Counter(dict(filas.order_by()))
