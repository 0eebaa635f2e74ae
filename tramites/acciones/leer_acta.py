"""Step 4: note that the person read the acta, and with which date."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tramites.definicion import ClasePaso
from tramites.models import Gestion, RespuestaPaso

from .guarda import con_candado, exigir_paso_abierto


def leer_acta(*, numero: int, actor: Any, ahora: datetime) -> Gestion:
    """Keep Guatemala's date that the acta showed; once confirmed, the frozen date stands (B4.3).

    Raises `Conflicto`, `PasoPendiente`.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        paso = gestion.definicion.de_clase(ClasePaso.ACTA)
        exigir_paso_abierto(gestion, paso)
        if gestion.formulario_vigente:
            return gestion
        RespuestaPaso.objects.update_or_create(
            gestion=gestion,
            paso=paso.clave,
            defaults={
                "valores": {"fecha": timezone.localdate(ahora).isoformat()},
                "completa": True,
                "guardada_en": ahora,
            },
        )
        gestion.registrar_acto(ahora)
        gestion.save()
        return gestion
