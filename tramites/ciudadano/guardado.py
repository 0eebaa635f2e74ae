"""What a step's page sent, merged with what stands before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from cuentas.apartado import AUTOGUARDAR
from tramites.acciones.guarda import con_candado
from tramites.acciones.guardar_paso import Escrito, guardar_con_candado
from tramites.ciudadano.formularios import escrito_en, visto_en
from tramites.formularios import PasoForm
from tramites.fusion import Fusion, fundir
from tramites.models import Gestion
from tramites.reglas.pasos import exigir_paso_abierto

CONTINUAR = "continuar"


@dataclass(frozen=True, kw_only=True)
class Hoja:
    """What a step's page sent: what is written in it, what it showed when it was opened, and what for."""

    escrito: Mapping[str, str]
    visto: Mapping[str, str] | None
    accion: str = CONTINUAR

    @classmethod
    def de(cls, campos: Mapping[str, Any]) -> "Hoja":
        """As it came."""
        accion = campos.get("accion", CONTINUAR)
        return cls(escrito=escrito_en(campos), visto=visto_en(campos), accion=accion)


@dataclass(frozen=True)
class Guardado:
    """What became of what was typed in a step.

    `gestion` is as it was left, and `formulario` bound to the merged answers, of which `valores` were
    kept; with conflicts nothing was written, unless by the autosave. `sin_ver` are those of the fields
    in conflict that its page still shows.
    """

    gestion: Gestion
    formulario: PasoForm
    fusion: Fusion
    valores: dict[str, str] = field(default_factory=dict)
    sin_ver: dict[str, str] = field(default_factory=dict)
    anulada: int | None = None

    @cached_property
    def visto(self) -> dict[str, str]:
        """What its page may now take as seen."""
        return self.formulario.mostraria(self.valores) | self.sin_ver


def guardar_escrito(*, leida: Gestion, clave: str, hoja: Hoja, ahora: datetime) -> Guardado:
    """`guardar_paso` with what a page sent: only what it touched, over what stands under the lock.

    A field that somebody changed since the page was opened, to something else, is a conflict: the
    person chooses. The autosave keeps the other fields meanwhile. `leida` is the Gestión as the request
    found it.
    """
    actor, hoy = leida.solicitante, timezone.localdate(ahora)
    with transaction.atomic():
        gestion = con_candado(leida.numero, actor, leida)
        paso = gestion.paso(clave)
        exigir_paso_abierto(gestion, paso)
        fusion = fundir(visto=hoja.visto, escrito=hoja.escrito, guardado=gestion.mostrado(paso, hoy))
        form = paso.clase_formulario(fusion.valores, contexto=gestion.contexto_paso(hoy))
        if fusion.conflictos and hoja.accion != AUTOGUARDAR:
            return Guardado(gestion, form, fusion)
        escrito = Escrito.en(paso, form, continuar=hoja.accion == CONTINUAR)
        anulada = guardar_con_candado(gestion=gestion, actor=actor, escrito=escrito, ahora=ahora)
        sin_ver = {n: (hoja.visto or {}).get(n, "") for n in fusion.conflictos}
        return Guardado(gestion, form, fusion, escrito.valores, sin_ver, anulada)
