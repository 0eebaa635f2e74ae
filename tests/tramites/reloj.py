"""Gestiones at a point of the archive clock, without the way that led there."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from bitacora.models import Evento
from tests.fabricas import GestionFactory
from tramites import plazo
from tramites.acciones.registrar_entrega import Medio, registrar_entrega
from tramites.models import AvisoDeArchivado, Estado, Gestion

BASE = date(2024, 6, 11)  # matriz.md §6: told that day, acts until 11-12-2024, archived on 12-12-2024
ULTIMO = date(2024, 12, 11)
ARCHIVADO = date(2024, 12, 12)


def a_las(dia: date, hora: int = 10) -> datetime:
    """That hour of that day, Guatemala's."""
    return datetime.combine(dia, time(hora), tzinfo=timezone.get_current_timezone())


def parada(base: date = BASE, estado: str = Estado.OBSERVADA, **datos: Any) -> Gestion:
    """A Gestión whose clock runs since `base`: returned and its owner told, or a draft."""
    campos = {"base_plazo": base, "ciclo": 1, "archivar_el": plazo.archivar_el(base, 6)}
    if estado == Estado.OBSERVADA:
        campos |= {"recibida_en": a_las(base), "notificada_en": a_las(base)}
    return GestionFactory(estado=estado, creada_en=a_las(base), **campos | datos)


def entregar(gestion: Gestion, dia: date) -> None:
    """The mails of all its reminders were accepted that day."""
    for aviso in AvisoDeArchivado.objects.filter(gestion=gestion, entregado_en=None):
        registrar_entrega(evento_id=aviso.evento_id, entregado_en=a_las(dia), medio=Medio.CORREO)


def actos(gestion: Gestion, tipo: str) -> list[dict[str, Any]]:
    """The data of its events of a kind, oldest first."""
    return list(
        Evento.objects.filter(gestion=gestion.numero, tipo=tipo)
        .order_by("id")
        .values_list("datos", flat=True)
    )


def dias_antes(n: int) -> date:
    """That many days before the last day."""
    return ULTIMO - timedelta(days=n)
