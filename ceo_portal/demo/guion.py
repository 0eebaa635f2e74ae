"""The demo's stories, told with a given clock, so that their log verifies."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from bitacora.sellado import sellar
from cuentas.demo import sembrar_cuentas
from cuentas.models import Usuario
from papeles.checks import impresion_disponible
from tramites import registro
from tramites.acciones.cerrar_dias import cerrar_dias
from tramites.acciones.crear import crear
from tramites.acciones.juzgar import Juicio
from tramites.models import Gestion, Resultado

from .gestos import (
    JURAMENTO,
    RESPUESTAS,
    Reloj,
    aprobar,
    callar_seis_meses,
    devolver,
    presentar,
    responder,
)

ESPACIO = uuid.UUID("6f1d8a52-6f0e-4c7b-9a55-0a3d4a2c9e10")
CIUDADANA_2, CIUDADANA_3, CIUDADANA_4 = "1600325470202", "1928374782217", "2145008880101"
EN_SALUD = RESPUESTAS | {
    "juramento": JURAMENTO | {"detalle_3": "MINISTERIO DE SALUD PÚBLICA Y ASISTENCIA SOCIAL"}
}
FALTA_UN_PERIODO = Juicio(
    renglon=5,
    resultado=Resultado.OBSERVADO,
    documento="CERTIFICACIÓN DE TIEMPO DE SERVICIO",
    campo="PERIODOS",
    defecto="FALTA UN PERIODO.",
)


class Relato(NamedTuple):
    """A Gestión to play: whose it is, how many days ago it began and what happens in it."""

    nombre: str
    cui: str
    dias: int
    escena: Callable[[Gestion, Reloj], None]
    tramite: str = "invalidez"


def a_medias(gestion: Gestion, reloj: Reloj) -> None:
    """A draft that stands in step 2."""
    responder(gestion, gestion.definicion.formularios[0], reloj)


def con_previo(gestion: Gestion, reloj: Reloj) -> None:
    """Sent, and returned the next day."""
    presentar(gestion, reloj)
    reloj.hasta(reloj.hoy + timedelta(days=1))
    devolver(gestion, _analista(), reloj)


def admitida(gestion: Gestion, reloj: Reloj) -> None:
    """Sent, and admitted a week later."""
    presentar(gestion, reloj)
    reloj.hasta(reloj.hoy + timedelta(days=7))
    aprobar(gestion, _analista(), reloj)


def abandonada(gestion: Gestion, reloj: Reloj) -> None:
    """Returned, and archived after six months of silence."""
    con_previo(gestion, reloj)
    callar_seis_meses(gestion, reloj)


def jubilacion_admitida(gestion: Gestion, reloj: Reloj) -> None:
    """Of who works in health: sent, and admitted a week later."""
    presentar(gestion, reloj, EN_SALUD)
    reloj.hasta(reloj.hoy + timedelta(days=7))
    aprobar(gestion, _analista(), reloj)


def jubilacion_observada(gestion: Gestion, reloj: Reloj) -> None:
    """Of who works in health: sent, and returned the next day for a period that is missing."""
    presentar(gestion, reloj, EN_SALUD)
    reloj.hasta(reloj.hoy + timedelta(days=1))
    devolver(gestion, _analista(), reloj, FALTA_UN_PERIODO)


# Of each procedure, oldest first, as their numbers: the open previo is 30 days old, the archived one 8 months
# (contrato.md).
RELATOS = (
    Relato("archivada", CIUDADANA_2, 243, abandonada),
    Relato("admitida", CIUDADANA_2, 90, admitida),
    Relato("observada", CIUDADANA_2, 31, con_previo),
    Relato("recibida", CIUDADANA_2, 20, presentar),
    Relato("ajena", CIUDADANA_3, 5, presentar),
    Relato("borrador", CIUDADANA_2, 3, a_medias),
    Relato("jubilacion-admitida", CIUDADANA_4, 67, jubilacion_admitida, "jubilacion"),
    Relato("jubilacion-observada", CIUDADANA_4, 16, jubilacion_observada, "jubilacion"),
)


def sembrar(*, ahora: datetime) -> int:
    """Accounts and Gestiones of the demo; returns how many Gestiones it made (none the second time)."""
    sembrar_cuentas(ahora=ahora)
    # A machine that cannot print shows the rest; what is missing comes once it can.
    posibles = [h for h in RELATOS if h.escena is a_medias or not impresion_disponible()]
    nuevas = sum(_contar(relato, ahora) for relato in posibles)
    sellar(ahora=ahora)
    if nuevas:  # in days that the statistics may have closed
        cerrar_dias(hoy=timezone.localdate(ahora), todo=True)
    return nuevas


def _contar(relato: Relato, ahora: datetime) -> bool:
    ficha = uuid.uuid5(ESPACIO, relato.nombre)
    if Gestion.objects.filter(ficha=ficha).exists():
        return False
    reloj, titular = Reloj(ahora - timedelta(days=relato.dias)), Usuario.objects.get(usuario=relato.cui)
    # Whole or not at all: a start cut short leaves no half story for the next one.
    with transaction.atomic():
        gestion = crear(actor=titular, tramite=registro.obtener(relato.tramite), ficha=ficha, ahora=reloj())
        relato.escena(gestion, reloj)
    return True


def _analista() -> Usuario:
    return Usuario.objects.get(email="analista1@demo.gt")
