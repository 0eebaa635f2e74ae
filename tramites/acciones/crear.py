"""T0: open a Gestión, once per ficha however many times the button is pressed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from tramites import plazo
from tramites.definicion import Tramite
from tramites.eventos import TipoEvento
from tramites.models import Estado, Gestion
from tramites.reglas.creacion import exigir_publicado
from tramites.reglas.rechazos import AccionRechazada


def crear(*, actor: Any, tramite: Tramite, ficha: UUID, ahora: datetime) -> Gestion:
    """A new draft with its number for life; the one already made when `ficha` was used (C5).

    Raises `Gestion.DoesNotExist` if the ficha was somebody else's; `AccionRechazada` if ONSEC does not
    publish the procedure, or with as many drafts open as one person may have (S10).
    """
    with transaction.atomic():
        exigir_publicado(tramite)
        _exigir_cupo(actor, ficha)
        nombre, hoy = actor.nombre_completo.upper(), timezone.localdate(ahora)
        gestion, nueva = Gestion.objects.get_or_create(
            ficha=ficha,
            defaults={
                "tramite": tramite.clave,
                "tramite_version": tramite.version,
                "solicitante": actor,
                "meses_archivo": settings.MESES_ARCHIVO,
                "creada_en": ahora,
                "ultima_accion_en": ahora,
                "base_plazo": hoy,
                "ciclo": 1,
                "archivar_el": plazo.archivar_el(hoy, settings.MESES_ARCHIVO),
                "titular_cui": actor.cui,
                **Gestion.campos_de_nombre(nombre),
            },
        )
        if nueva:
            Evento.objects.registrar(
                TipoEvento.GESTION_CREADA, actor=actor, gestion=gestion.numero, ahora=ahora
            )
        elif gestion.solicitante_id != actor.pk:
            raise Gestion.DoesNotExist
        return gestion


def _exigir_cupo(actor: Any, ficha: UUID) -> None:
    """The person's row is locked, so that requests at once are counted one after another."""
    Usuario.objects.select_for_update(no_key=True).get(pk=actor.pk)
    suyas = Gestion.objects.filter(solicitante_id=actor.pk)
    abiertas = suyas.filter(estado=Estado.CREACION).exclude(ficha=ficha).count()
    if abiertas >= settings.BORRADORES_MAX and not suyas.filter(ficha=ficha).exists():
        raise AccionRechazada(
            f"Ya tiene {abiertas} Gestiones «En Creación», el máximo. Continúe o desista de una de ellas."
        )
