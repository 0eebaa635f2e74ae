"""Step 4: note that the person read the acta, and with which date."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bitacora.models import Evento
from tramites.definicion import ClasePaso, Paso
from tramites.eventos import TipoEvento
from tramites.models import Gestion, RespuestaPaso
from tramites.reglas.pasos import exigir_paso_abierto
from tramites.reglas.permisos import exigir
from tramites.reglas.rechazos import PasoPendiente

from .guarda import con_candado


def leer_acta(*, numero: int, actor: Any, vista: str, ahora: datetime, nombre: str | None = None) -> Gestion:
    """Keep the date that the acta showed, `vista`; once confirmed, the frozen date stands (B4.3).

    `nombre` is the name that it showed, if its page says so. Raises `Conflicto`; `PasoPendiente` also
    when midnight passed, or another tab changed the name, between the page and its «Continuar».
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        paso = gestion.de_clase(ClasePaso.ACTA)
        exigir(gestion, actor, "confirmar_enterado")
        exigir_paso_abierto(gestion, paso)
        if gestion.formulario_vigente:
            return gestion
        exigir_de_hoy(paso, vista, timezone.localdate(ahora))
        if nombre not in (None, gestion.nombre_escrito):
            raise PasoPendiente(paso, "Cambió el nombre del acta. Léala otra vez y presione «Continuar».")
        ahora = gestion.momento(ahora)
        RespuestaPaso.objects.update_or_create(
            gestion=gestion,
            paso=paso.clave,
            defaults={
                "valores": {"fecha": vista},
                "completa": True,
                "guardada_en": ahora,
            },
        )
        gestion.registrar_acto(ahora)
        gestion.save()
        datos = {"paso": paso.numero, "clave": paso.clave}
        Evento.objects.registrar(
            TipoEvento.PASO_GUARDADO, actor=actor, gestion=numero, ahora=ahora, datos=datos
        )
        return gestion


def exigir_de_hoy(acta: Paso, vista: str | None, hoy: date) -> None:
    """Raise unless the acta that the person saw has today's date in Guatemala; both in ISO."""
    if vista != hoy.isoformat():
        raise PasoPendiente(acta, "Cambió la fecha del acta. Léala otra vez y presione «Continuar».")
